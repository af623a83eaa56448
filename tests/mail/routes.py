"""The routes of mail and of the log, who may use them, and where they lead."""

from __future__ import annotations

from django.core import signing

from partnership.accounts.models import Role
from partnership.mail.stops import SALT
from tests.factories.mail import OutboxMessageFactory

ROW = "11111111-1111-4111-8111-111111111111"
ADMINISTRATORS = {Role.ADMINISTRATOR}
BOTH_WAYS = {"mail:stop", "mail:mine"}
POST_ONLY = {"mail:again"}
OF_THE_SECRETARIAT = {f"mail:{name}" for name in ("outbox", "one", "rich", "again")}
OF_THE_SECRETARIAT |= {"audit:log", "audit:log-sheet"}
ARGUMENTS = {
    "mail:stop": [signing.Signer(salt=SALT).sign(f"{ROW}:learning")],
    **{f"mail:{name}": [ROW] for name in ("one", "rich", "again")},
}


def closed(people: set[str]) -> dict[str, set[str]]:
    """Who may use what is not open to everybody."""
    return {"mail:mine": people, **dict.fromkeys(OF_THE_SECRETARIAT, ADMINISTRATORS)}


def make_rows() -> None:
    """A mail to be looked at."""
    OutboxMessageFactory(uuid=ROW, html="<p>Good day.</p>")
