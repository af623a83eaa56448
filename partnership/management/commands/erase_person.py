from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.accounts import data
from partnership.accounts.models import User
from partnership.accounts.queries import owner_of
from partnership.lib import clock
from partnership.lib.errors import Refusal


class Command(BaseCommand):
    help = "Have a person erased who asked for it by letter. Make sure first who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="any address of the person, or their key in the log")
        parser.add_argument("--now", action="store_true", help="do not wait for seven days")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _found(options["who"].strip().lower())
        if person is None:
            raise CommandError("There is nobody with this address or key.")
        try:
            row = data.erase_for(person, at=clock.now(), at_once=options["now"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"A worker erases this person after {row.due_at:%Y-%m-%d %H:%M} UTC.")


def _found(who: str) -> User | None:
    if "@" in who:
        return owner_of(who)
    try:
        return User.objects.filter(uuid=UUID(who)).first()
    except ValueError:
        return None
