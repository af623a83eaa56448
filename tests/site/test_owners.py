"""Whatever any route answers to somebody, no text of anybody else's is in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partnership.accounts.models import Role, User
from partnership.lib import clock
from partnership.members.roles import roles_of
from partnership.site import policy, scopes, who
from tests.factories.accounts import person_with, token_of
from tests.factories.courses import CourseTrainerFactory, EditionFactory
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
)
from tests.members import routes as delegations
from tests.site import desks, owners, test_access
from tests.site.test_policy import ROUTES

rows = test_access.rows
CANARY = re.compile(rf"{owners.WORD}(\w+-\w+)")
PAGES = [route for route in ROUTES if not route.startswith("admin:")]
# Who has the code of a certificate reads the name on it, and who has the link of an invitation what
# it offers and who offers it: that is what these are for.
OF_CERTIFICATES = {"certificate-name", "certificate-latin_name"}
BY_KEY = {
    "courses:verify": OF_CERTIFICATES,
    "api:certificates-detail": OF_CERTIFICATES,
    "remarks:mine": {"remark-text", "remark-answer"},
    "members:invitation": {"invitation-email", "invitation-title", "user-name"},
}
# It ends the session.
ENDS = {"account_logout"}
# Drawn at each call: a record of one's own, a module without a person in it, what no row is in.
SLOW = {"courses:record-pdf", "courses:module-file", "api-schema", "api-docs"}
OF_A_COUNTRY, OF_AN_INSTITUTION = "focal point of a country", "focal point of an institution"
OF_OTHER_COURSE, OFFICIAL = "trainer of another course", "official of that country"
DATA_EDITOR = "data editor"
# Who keeps the facts reads what is said of them, and to whom an answer goes.
BY_ROLE = {
    (DATA_EDITOR, "remarks:list"): {"remark-text"},
    (DATA_EDITOR, "remarks:one"): {"remark-text", "remark-answer", "remark-email"},
}
SHEETS = {route for route in PAGES if route.endswith("sheet")}
# Where those read their texts whose they are, and who runs the site reads them all.
OF_LEARNERS = {f"account_{name}" for name in ("sessions", "addresses", "profile")}
OF_LEARNERS |= {"api:jobs-list", "courses:attempt", "courses:record", "alerts:mine"}
OF_HEADS = {"account_tokens", "groups:one"}
OF_STAFF = {f"api:{name}" for name in ("people-list", "invitations-list", "requests-list")}
OF_STAFF |= {
    f"members:{name}"
    for name in ("requests", "desk-domains", "profile", "delegation", "desk-recoveries")
}
OF_STAFF |= {"letters:list", "letters:one", "casework:one", "casework:preview"}
OF_STAFF |= {"site:jobs", "imports:list", "imports:one", "imports:row", "courses:desk-late"}
OF_STAFF |= {"remarks:one"}
# Kept for a program of ours, or shown by Django's own pages to who runs the site.
NEVER_SHOWN = {f"outboxmessage-{column}" for column in owners.OWNED["OutboxMessage"]}
NEVER_SHOWN |= {"mailedcode-email", "mailedcode-name", "knowncolumns-head", "sheetimport-reason"}
NEVER_SHOWN |= {"officialletter-name", "auditentry-changes", "answer-device"}
NEVER_SHOWN |= {"addresschange-email", "addresschange-primary_before", "certificate-latin_name"}
LISTS = {route for route in scopes.SCOPED if route.endswith("-list")}
LISTS |= {f"api:{name}-list" for name in ("jobs", "enrolments", "attempts", "certificates")}


def test_every_route_says_what_names_its_row():
    """A new route with a row in its address: its arguments stand in the registries of the tests."""
    without = []
    for route in PAGES:
        try:
            test_access.address(route)
        except NoReverseMatch:
            without.append(route)
    assert without == []


def test_every_text_that_people_have_is_a_canary_or_is_said_to_be_none():
    for model in owners.models_of_people():
        stamped = set(owners.OWNED.get(model.__name__, ()))
        told = set(owners.TOLD.get(model.__name__, ()))
        assert stamped | told == owners.texts_of(model), model
        assert not stamped & told


def readers() -> dict[str, User]:
    """Each has a place of their own, and rights there."""
    institution = InstitutionFactory(slug="own-institute", name="Own institute")
    found = {
        OF_A_COUNTRY: FocalTermFactory(country=CountryFactory(iso3="QCA")).person,
        OF_AN_INSTITUTION: FocalTermFactory(country=None, institution=institution).person,
        OF_OTHER_COURSE: person_with(Role.TRAINER),
        OFFICIAL: AffiliationFactory(country__iso3="QAA").person,
        DATA_EDITOR: person_with(Role.DATA_EDITOR),
    }
    edition = EditionFactory(course__slug="own-course")
    CourseTrainerFactory(course=edition.course, person=found[OF_OTHER_COURSE])
    return found


def own_rows(reader: str) -> Iterator[str]:
    """Addresses of what is a reader's own: others must not show through there either."""
    places = {
        OF_A_COUNTRY: ["country", "qca"],
        OF_AN_INSTITUTION: ["institution", "own-institute"],
    }
    if place := places.get(reader):
        of_places = {r for r, args in delegations.arguments().items() if args[:1] == ["country"]}
        yield from (reverse(route, args=place) for route in sorted(of_places))
    if reader == OF_OTHER_COURSE:
        of_courses = [f"courses:desk-{name}" for name in desks.OF_COURSES]
        yield from (reverse(route, args=["own-course"]) for route in of_courses)


def read(answer) -> str:
    """All that came, its headers too; of a workbook what is packed in it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return f"{answer.headers} {body.decode(errors='replace')}"


def seen(client: Client, address: str, **more) -> set[str]:
    """Which canaries an answer holds."""
    return set(CANARY.findall(read(client.get(address, **more)).lower()))


def asked(routes: set[str], sheets: tuple[str, ...] = ("csv",)) -> Iterator[tuple[str, str]]:
    """Each route with its address, and lists as sheets too."""
    for route in sorted(routes):
        address = test_access.address(route)
        yield route, address
        if route in LISTS | SHEETS:
            yield from ((route, f"{address}?format={kind}") for kind in sheets)


def browser_of(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def routes_of(reader: str, person: User) -> set[str]:
    """What a reader asks for: all that is closed and open to them, and two of them more.

    The official of the same country also asks for what is open to everybody, and the data editor
    for all that is closed to somebody. A second focal point asks for desks alone.
    """
    roles = roles_of(person, clock.now())
    if reader != OF_AN_INSTITUTION:
        roles |= {who.SIGNED_IN}
    if reader == OFFICIAL:
        roles |= {who.VISITOR}
    if reader == DATA_EDITOR:
        roles |= {who.SIGNED_IN, *Role.values}
    return {route for route in PAGES if policy.allowed(route) & roles} - ENDS - SLOW


def answers(reader: str, person: User) -> Iterator[tuple[str, set[str]]]:
    """Each route, and which canaries its answer to a reader holds."""
    client, routes = browser_of(person), routes_of(reader, person)
    for route, address in asked(routes, ("csv", "xlsx") if reader == OF_A_COUNTRY else ("csv",)):
        yield route, seen(client, address)
    for address in own_rows(reader):
        yield address, seen(client, address)
    body = {"row": str(delegations.ROW), "reply": "x", "decision": "approve"}
    for route in sorted(routes & (delegations.POST_ONLY | desks.POST_ONLY)):
        answer = client.post(test_access.address(route), body)
        yield route, set(CANARY.findall(read(answer).lower()))
    if scopes.OF_TOKENS & roles_of(person, clock.now()):
        headers = {"Authorization": f"Bearer {token_of(person)}"}
        for route, address in asked(set(scopes.SCOPED)):
            yield f"{route} with a token", seen(Client(), address, headers=headers)


@pytest.mark.audit
def test_no_route_tells_anybody_a_text_of_somebody_else(rows):
    owners.make_rows()
    owners.stamp()

    found = [
        (reader, route, told - BY_KEY.get(route, set()) - BY_ROLE.get((reader, route), set()))
        for reader, person in readers().items()
        for route, told in answers(reader, person)
    ]

    assert [place for place in found if place[2]] == []
    assert set(PAGES) - {route for _reader, route, _told in found} == ENDS | SLOW


def test_those_whose_texts_they_are_see_them(rows):
    """Were a canary on no page at all, that others do not see it would say nothing."""
    owners.make_rows()
    stamped = owners.stamp()
    learner, admin = User.objects.get(uuid=desks.JOB), person_with(Role.ADMINISTRATOR)
    found = set()
    for person, routes in ((learner, OF_LEARNERS), (admin, OF_STAFF), (owners.head(), OF_HEADS)):
        client = browser_of(person)
        for _route, address in asked(routes):
            found |= seen(client, address)

    assert stamped - found - NEVER_SHOWN == set()
