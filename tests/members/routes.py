"""The routes of delegations, who may use them, and where they lead."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.members import links
from tests.agreements import routes as register
from tests.casestudies import routes as cases
from tests.factories.accounts import person_with
from tests.factories.members import CountryFactory, InvitationFactory, OfficialLetterFactory
from tests.members import recoveries
from tests.members.api import routes as api
from tests.members.groups import routes as groups
from tests.members.imports import routes as imports
from tests.members.letters import routes as letters
from tests.members.people import routes as of_people
from tests.remarks import routes as remarks

ROW = UUID("22222222-2222-4222-8222-222222222222")
TOKEN = links.token_of(ROW, links.MAILED)
STEWARDS = {Role.ADMINISTRATOR, Role.FOCAL_POINT}
ADMINISTRATORS = {Role.ADMINISTRATOR}
OF_A_DELEGATION = {
    f"members:{name}"
    for name in (
        *("delegation", "people-sheet", "change-post", "invitations", "change-invitation"),
        *("requests", "answer-request", "profile", "functions", "change-function", "handover"),
    )
}
OF_A_DELEGATION |= imports.OF_ONE | groups.OF_ONE | api.OF_A_ROW | letters.OF_ONE
OF_A_DELEGATION |= recoveries.OF_A_DELEGATION
OF_A_DELEGATION |= imports.OF_ONE | groups.OF_ONE | api.OF_A_ROW
OF_A_DELEGATION |= cases.OF_ONE
OF_THE_SECRETARIAT = {
    f"members:{name}"
    for name in (
        *("desk-appointments", "letter", "desk-invitations", "desk-change-invitation"),
        *("desk-requests", "desk-answer-request", "desk-domains", "desk-profiles"),
        "desk-handovers",
    )
}
ROLL = {
    f"members:{name}"
    for name in (
        *("desk-countries", "desk-countries-sheet", "desk-institutions"),
        *("desk-institutions-sheet", "desk-new-institution", "desk-member"),
    )
}
OF_THE_SECRETARIAT |= ROLL | recoveries.OF_THE_SECRETARIAT
PEOPLE_ONLY = {"members:ask-to-join", "members:withdraw-request", "members:colleagues"}
POST_ONLY = {
    f"members:{name}"
    for name in (
        *("new-invitation", "withdraw-request", "change-post", "change-invitation"),
        *("answer-request", "change-function", "handover", "desk-change-invitation"),
        "desk-answer-request",
    )
}
BOTH_WAYS = {
    f"members:{name}"
    for name in (
        *("enter-code", "invitation", "ask-to-join", "invitations", "requests", "profile"),
        *("desk-appointments", "desk-invitations", "desk-domains", "desk-profiles"),
        "desk-handovers",
        *("desk-new-institution", "desk-member"),
    )
}

POST_ONLY |= recoveries.POST_ONLY
BOTH_WAYS |= remarks.BOTH_WAYS | register.BOTH_WAYS
# What a role may use, and is elsewhere or not there for this one of its people.
ELSEWHERE = {
    ("members:delegations", Role.FOCAL_POINT): 302,  # to the one there is
    **dict.fromkeys(remarks.ELSEWHERE | register.ELSEWHERE, 404),
}
POST_ONLY |= imports.POST_ONLY | api.POST_ONLY | of_people.POST_ONLY
BOTH_WAYS |= letters.BOTH_WAYS | cases.BOTH_WAYS
BOTH_WAYS |= imports.BOTH_WAYS | groups.BOTH_WAYS | api.BOTH_WAYS | of_people.BOTH_WAYS


def closed(people: set[str]) -> dict[str, set[str]]:
    """Who may use what is not open to everybody."""
    return {
        **dict.fromkeys(OF_A_DELEGATION | {"members:delegations"}, STEWARDS),
        **dict.fromkeys(imports.OPEN | api.OPEN, STEWARDS),
        **dict.fromkeys(OF_THE_SECRETARIAT | {"imports:export"}, ADMINISTRATORS),
        **dict.fromkeys(PEOPLE_ONLY | groups.OF_ONE | {"groups:list"}, people),
        **dict.fromkeys(of_people.OF_THE_SECRETARIAT, ADMINISTRATORS),
        **dict.fromkeys(letters.OF_ONE | letters.OPEN, letters.WRITERS),
        **dict.fromkeys(cases.OF_ONE | cases.OPEN, cases.WRITERS),
        **remarks.CLOSED,
        **register.CLOSED,
    }


def arguments() -> dict[str, list[str]]:
    """What names the row of each route."""
    return {
        **{route: ["country", "qaa"] for route in OF_A_DELEGATION},
        "members:invitation": [TOKEN],
        "members:new-invitation": [TOKEN],
        "members:letter": [str(ROW)],
        "members:desk-member": ["country", "qaa"],
        **imports.ARGUMENTS,
        **groups.ARGUMENTS,
        **api.arguments(str(ROW)),
        **of_people.ARGUMENTS,
        **letters.ARGUMENTS,
        **cases.ARGUMENTS,
        **remarks.ARGUMENTS,
        **register.ARGUMENTS,
    }


def make_rows() -> None:
    """An invitation that is open, and a letter that lies there."""
    at, country = clock.now(), CountryFactory(iso3="QAA")
    by = person_with(Role.ADMINISTRATOR)
    InvitationFactory(uuid=ROW, country=country, by=by, made_at=at, sent_at=at)
    key = default_storage.save("letters/letter-of-tests", ContentFile(b"%PDF-1.7\n"))
    OfficialLetterFactory(uuid=ROW, country=country, key=key)
    api.make_rows(str(ROW), country)
    imports.make_rows()
    groups.make_rows()
    of_people.make_rows()
    letters.make_rows()
    cases.make_rows()
    remarks.make_rows()
    register.make_rows()
