"""The routes of the list of doubts: who may open them, and where they lead."""

from __future__ import annotations

from courses.catalogue.doubts import doubts
from partnership.accounts.models import Role

POST_ONLY = {"courses:desk-note-check"}
TRAINERS = {Role.ADMINISTRATOR, Role.TRAINER}
CHECKERS = {*TRAINERS, Role.DATA_EDITOR}
CLOSED = {
    **dict.fromkeys(["courses:desk-checks", "courses:desk-check"], CHECKERS),
    **dict.fromkeys(POST_ONLY, TRAINERS),
}
KEY = doubts()[0].key
ARGUMENTS = {"courses:desk-check": [KEY], "courses:desk-note-check": [KEY]}
