from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.accounts import factors
from partnership.accounts.queries import owner_of
from partnership.lib import clock


class Command(BaseCommand):
    help = "Take all second factors from somebody who lost them. Make sure first who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mail", help="any confirmed address of the person")

    def handle(self, *args: Any, **options: Any) -> None:
        person = owner_of(options["mail"].strip().lower())
        if person is None:
            raise CommandError("There is nobody with this address.")
        number = factors.reset(person, at=clock.now())
        self.stdout.write(f"{number} taken away; all sessions ended; a mail says so.")
