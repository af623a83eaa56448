"""The routes of mail and of the log, who may use them, and where they lead."""

from __future__ import annotations

from django.core import signing

from partnership.mail.stops import SALT

PERSON = "11111111-1111-4111-8111-111111111111"
BOTH_WAYS = {"mail:stop", "mail:mine"}
POST_ONLY: set[str] = set()
ARGUMENTS = {"mail:stop": [signing.Signer(salt=SALT).sign(f"{PERSON}:learning")]}


def closed(people: set[str]) -> dict[str, set[str]]:
    """Who may use what is not open to everybody."""
    return {"mail:mine": people}
