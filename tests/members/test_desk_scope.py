"""A focal point sees, counts and changes the own delegation, and of another one nothing at all."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from partnership.accounts.models import Recovery, Role
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import (
    Affiliation,
    FocalTerm,
    Handover,
    Institution,
    Invitation,
    JoinRequest,
    Leaving,
    MailDomain,
    ProfileRevision,
)
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    HandoverFactory,
    InstitutionFactory,
    InvitationFactory,
    JoinRequestFactory,
    MailDomainFactory,
    OfficialLetterFactory,
    ProfileRevisionFactory,
    of,
)
from tests.members import routes

pytestmark = pytest.mark.django_db

TABLES = (Affiliation, FocalTerm, Handover, Invitation, JoinRequest, MailDomain, ProfileRevision)
# The routes of the desk itself; imports have their own.
OF_A_DELEGATION, OF_THE_SECRETARIAT = (
    {route for route in found if route.startswith("members:")}
    for found in (routes.OF_A_DELEGATION, routes.OF_THE_SECRETARIAT)
)
# What each form names, of another delegation's rows.
ROWS = {
    "change-post": ("post", "ended"),
    "change-invitation": ("invitation",),
    "answer-request": ("request",),
    "change-function": ("term", "person"),
    "handover": ("handover", "person"),
    "answer-recovery": ("recovery",),
}
# And what it can be told to do: the first is what it does when told nothing it knows.
ACTS = {
    "change-post": ("confirm", "end", "undo"),
    "change-invitation": ("again", "withdraw"),
    "answer-request": ("",),
    "change-function": ("", "close"),
    "handover": ("ask", "agree", "close"),
    "answer-recovery": ("vouch", "confirm", "refuse"),
}


def canaries(place, word: str) -> dict[str, str]:
    """Every kind of row of a delegation, each text of it marked; and what names the rows."""
    where = {"country": None, "institution": None}
    where["institution" if isinstance(place, Institution) else "country"] = place
    at = clock.now()

    def person(kind: str):
        return UserFactory(name=f"{word}-{kind}", email=f"{word}-{kind}@x.example".lower())

    post = AffiliationFactory(person=person("post"), title=f"{word}-title", **where)
    ended = AffiliationFactory(person=person("ended"), ends_on=date(2024, 1, 1), **where)
    term = FocalTermFactory(person=person("term"), function="recording", **where)
    invitation = InvitationFactory(
        email=f"{word}-invited@x.example".lower(),
        name=f"{word}-name",
        title=f"{word}-job",
        by=term.person,
        made_at=at,
        sent_at=at,
        **where,
    )
    asked = JoinRequestFactory(person=person("asks"), title=f"{word}-asked", passed_at=at, **where)
    answered = {"answered_at": at, "is_approved": False, "reply": f"{word}-reply"}
    JoinRequestFactory(person=person("asked"), title=f"{word}-before", **answered, **where)
    MailDomainFactory(domain=f"{word}.example".lower(), **where)
    handover = HandoverFactory(giver=term.person, taker=post.person, **where)
    words = {"text": f"{word}-text", "contact": f"{word}-contact", "note": f"{word}-note"}
    ProfileRevisionFactory(website=f"https://{word}.example".lower(), **words, **where)
    OfficialLetterFactory(name=f"{word}-letter.pdf", **where)
    Leaving.objects.create(affiliation=ended, last_day=date(2024, 1, 1), at=at)
    lost = {"lost": f"{word}-lost@x.example".lower(), "email": f"{word}-new@x.example".lower()}
    times = {"asked_at": at, "expires_at": at + Recovery.LIFE}
    recovery = Recovery.objects.create(person=post.person, **lost, **times)
    return {
        "recovery": str(recovery.uuid),
        "post": str(post.pk),
        "ended": str(ended.pk),
        "invitation": str(invitation.uuid),
        "request": str(asked.uuid),
        "term": str(term.pk),
        "handover": str(handover.uuid),
        "person": str(post.person.uuid),
    }


def addresses(place) -> list[str]:
    delegation = of(place)
    names = sorted(OF_A_DELEGATION - routes.POST_ONLY)
    found = [reverse(name, args=[delegation.kind, delegation.key]) for name in names]
    sheet = reverse("members:people-sheet", args=[delegation.kind, delegation.key])
    queries = ["?when=all", "?check=due", "?q=CANARY&when=all", "?when=before"]
    return [*found, *(found[0] + query for query in queries), f"{sheet}?when=all&format=csv"]


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace")


def state() -> list:
    """Every row of every table of delegations, and who of them lost a mailbox."""
    return [list(model.objects.order_by("pk").values()) for model in (*TABLES, Recovery)]


@pytest.fixture(params=["country", "institution"])
def two(request):
    """Two delegations full of rows, and the browser of who runs the first."""
    make = CountryFactory if request.param == "country" else InstitutionFactory
    mine, theirs = make(), make()
    own, other = canaries(mine, "MINE"), canaries(theirs, "CANARY")
    term = FocalTermFactory(function="policy", **{request.param: mine, **_no_country(mine)})
    client = Client()
    client.force_login(term.person)
    return mine, theirs, own, other, client


def _no_country(place) -> dict:
    return {"country": None} if isinstance(place, Institution) else {}


def test_on_no_page_of_the_own_delegation_is_a_word_of_another(two):
    mine, _theirs, _own, _other, client = two

    for address in addresses(mine):
        page = read(client, address)
        without_question = page.replace("q=CANARY", "").replace('value="CANARY"', "")
        without_question = without_question.replace(">CANARY<", "")
        assert "canary" not in without_question.lower(), address


def test_every_field_of_the_own_delegation_is_on_its_pages(two):
    mine, _theirs, _own, _other, client = two
    everything = "".join(read(client, address) for address in addresses(mine))

    for part in ("title", "ended", "term", "name", "job", "asked", "reply", "text", "contact"):
        assert f"MINE-{part}" in everything


def test_pages_of_another_delegation_do_not_exist_and_the_try_is_written_down(two):
    _mine, theirs, _own, _other, client = two
    missing = client.get("/desk/delegation/country/zzz/").status_code

    for address in addresses(theirs):
        for ask in (client.get, client.head):
            assert ask(address).status_code == missing == 404, address
    assert AuditEntry.objects.filter(verb="denied", key=of(theirs).handle).exists()


def test_every_form_of_a_delegation_is_among_those_that_are_tried():
    assert {f"members:{name}" for name in ROWS} == OF_A_DELEGATION & routes.POST_ONLY


def test_nothing_that_is_sent_changes_another_delegation(two):
    mine, theirs, _own, other, client = two
    before = state()

    for place in (mine, theirs):
        for name, kinds in ROWS.items():
            address = reverse(f"members:{name}", args=[of(place).kind, of(place).key])
            for row in (other[kind] for kind in kinds):
                for do in ACTS[name]:
                    body = {"row": row, "do": do, "decision": do or "approve", "person": row}
                    body |= {"function": "policy", "reply": "x"}
                    assert client.post(address, body).status_code in (400, 404), (name, do)
    assert state() == before


def test_the_numbers_are_those_of_the_own_delegation(two):
    mine, theirs, _own, _other, client = two
    delegation = of(mine)
    for _number in range(3):
        AffiliationFactory(**{"country": None, **of(theirs).where})
        JoinRequestFactory(**{"country": None, **of(theirs).where})

    page = " ".join(client.get(delegation.get_absolute_url()).content.decode().split())

    assert "1 person in post today" in page
    assert "1 line ended" in page
    assert "Requests (1)" in page
    assert "<strong>1</strong> line" in page


def test_the_sheet_holds_the_own_lines_and_the_export_is_written_down(two):
    mine, _theirs, _own, _other, client = two
    delegation = of(mine)
    address = reverse("members:people-sheet", args=[delegation.kind, delegation.key])

    rows = list(csv.reader(io.StringIO(read(client, f"{address}?when=all").lstrip("\ufeff"))))

    assert [row[0] for row in rows[1:]] == ["MINE-ended", "MINE-post"]
    entry = AuditEntry.objects.get(verb="list.export")
    assert (entry.key, entry.changes) == (delegation.handle, {"list": "people", "rows": 2})


def test_the_door_to_rows_gives_the_own_ones_and_a_stranger_none(two):
    mine, _theirs, _own, _other, _client = two
    day = clock.now().date()
    person = FocalTerm.objects.get(function="policy").person

    for model in TABLES:
        own = model.objects.of(person, on=day)
        assert {row.country or row.institution for row in own} == {mine}, model
        assert not model.objects.of(UserFactory(), on=day).exists()


def test_a_post_in_a_ministry_and_at_an_institution_is_seen_by_both_and_changed_as_one():
    country, institution = CountryFactory(), InstitutionFactory()
    post = AffiliationFactory(country=country, institution=institution)
    elsewhere = AffiliationFactory(person=post.person, title="CANARY")
    for where in ({"country": country}, {"country": None, "institution": institution}):
        client = Client()
        client.force_login(FocalTermFactory(**where).person)
        place = country if where["country"] else institution
        page = read(client, of(place).get_absolute_url())
        assert post.person.name in page
        assert elsewhere.title not in page
        assert str(elsewhere.country) not in page


@pytest.mark.audit
def test_the_secretariat_opens_the_desk_of_any_delegation(two):
    _mine, theirs, _own, _other, _client = two
    client = Client()
    client.force_login(person_with(Role.ADMINISTRATOR))

    for address in addresses(theirs):
        assert client.get(address).status_code == 200
    # The roll tells of places, not of their people.
    without = {"members:letter", *(name for name in OF_THE_SECRETARIAT if name in routes.ROLL)}
    for name in sorted(OF_THE_SECRETARIAT - routes.POST_ONLY - without):
        assert "canary" in read(client, reverse(name)).lower(), name
