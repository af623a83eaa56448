"""Invitations and requests through the API, by the same services as on the pages."""

from __future__ import annotations

import pytest

from partnership.accounts.models import Role
from partnership.mail.models import OutboxMessage
from partnership.members import links
from partnership.members.models import Affiliation, FocalTerm, Invitation, JoinRequest
from tests.factories.accounts import person_with
from tests.factories.members import (
    CountryFactory,
    FocalTermFactory,
    InvitationFactory,
    JoinRequestFactory,
)
from tests.members.api.asking import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> FocalTerm:
    return FocalTermFactory(country=CountryFactory(iso3="QAA"))


@pytest.fixture
def program(term) -> Program:
    return Program(term.person)


def invite(program: Program, **more):
    body = {"email": "New@m.example", "delegation": "country/qaa", "name": "Amina", **more}
    return program.post("/invitations/", body)


def test_an_official_is_invited_once_however_often_it_is_sent(term, program):
    first, second = invite(program), invite(program)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["uuid"] == second.json()["uuid"]
    row = Invitation.objects.get()
    assert (row.email, row.role, row.name, row.by) == (
        "new@m.example",
        "official",
        "Amina",
        term.person,
    )
    assert OutboxMessage.objects.about("members.invitation").count() == 1


def test_an_answer_holds_neither_the_link_nor_the_code(term, program):
    invite(program)
    row = Invitation.objects.get()

    told = program.get(f"/invitations/{row.uuid}/").content.decode()

    for purpose in (links.MAILED, links.SHOWN):
        assert links.token_of(row.uuid, purpose) not in told
    assert links.code_of(row.uuid) not in told
    assert row.mailed_hash not in told
    assert '"state":"queued"' in told


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({"email": "no address"}, 409, "address_wrong"),
        ({"delegation": "country/qab"}, 400, "delegation"),
        ({"delegation": "country/qzz"}, 400, "delegation"),
        ({"role": "administrator"}, 400, "role"),
        ({"email": 7}, 400, "email"),
        ({"email": ["a@m.example"]}, 400, "email"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name_and_nothing_is_mailed(
    program, body, status, named
):
    CountryFactory(iso3="QAB")

    answer = invite(program, **body)

    assert answer.status_code == status
    assert named in (answer.json()["code"], *answer.json()["fields"])
    assert not Invitation.objects.exists()


def test_invitations_are_found_by_state_address_and_delegation(term, program):
    invite(program)
    InvitationFactory(country=term.country, by=term.person, email="old@m.example")
    InvitationFactory(email="other@m.example")

    def found(query: str) -> list[str]:
        return [row["email"] for row in program.get(f"/invitations/?{query}").json()["results"]]

    assert found("") == ["new@m.example", "old@m.example"]
    assert found("state=queued") == ["new@m.example"]
    assert found("q=old&delegation=country/qaa") == ["old@m.example"]


def answer(program: Program, row: JoinRequest, decision: str, **body):
    return program.post(f"/requests/{row.uuid}/{decision}/", body)


def test_a_request_is_approved_once_and_the_post_begins_on_its_day(term, program):
    row = JoinRequestFactory(country=term.country, title="Officer")

    told = [answer(program, row, "approve") for _time in range(2)]

    assert [one.status_code for one in told] == [200, 200]
    assert told[0].json()["is_approved"] is True
    post = Affiliation.objects.get(person=row.person)
    assert (post.country, post.begins_on, post.title) == (term.country, row.since, "Officer")
    assert OutboxMessage.objects.filter(to=row.person.email).count() == 1


def test_a_refusal_needs_a_reply_and_no_other_answer_comes_after_it(term, program):
    row = JoinRequestFactory(country=term.country)

    assert answer(program, row, "refuse").status_code == 400
    assert answer(program, row, "refuse", reply=" ").status_code == 400
    assert answer(program, row, "refuse", reply="Not ours.").json()["reply"] == "Not ours."
    late = answer(program, row, "approve")
    assert (late.status_code, late.json()["code"]) == (409, "already_answered")
    assert not Affiliation.objects.filter(person=row.person).exists()


def test_the_own_request_is_for_somebody_else_to_answer(term, program):
    row = JoinRequestFactory(country=term.country, person=term.person)

    told = answer(program, row, "approve")

    assert (told.status_code, told.json()["code"]) == (409, "second_person_needed")


def test_a_request_to_another_delegation_does_not_exist_but_for_the_secretariat(program):
    row = JoinRequestFactory()
    secretariat = Program(person_with(Role.ADMINISTRATOR))

    assert program.get(f"/requests/{row.uuid}/").status_code == 404
    assert answer(program, row, "approve").status_code == 404
    assert program.get("/requests/?state=all").json()["results"] == []
    assert len(secretariat.get("/requests/").json()["results"]) == 1
    assert answer(secretariat, row, "approve").status_code == 200
    assert secretariat.get("/requests/").json()["results"] == []
    assert len(secretariat.get("/requests/?state=answered").json()["results"]) == 1
