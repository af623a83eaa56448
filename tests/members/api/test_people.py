"""People and delegations through the API: whose rows, what of them, and the end of a post."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import Affiliation, FocalTerm, Leaving
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
    InvitationFactory,
    JoinRequestFactory,
)
from tests.members.api.asking import Program, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> FocalTerm:
    return FocalTermFactory(country=CountryFactory(iso3="QAA", name="Aland"), function="policy")


@pytest.fixture
def program(term) -> Program:
    return Program(term.person)


@pytest.fixture
def secretariat() -> Program:
    return Program(person_with(Role.ADMINISTRATOR))


def names(answer) -> list[str]:
    return [row["name"] for row in answer.json()["results"]]


def test_a_focal_point_reads_the_people_of_the_own_delegation_with_the_posts_in_it(term, program):
    inside = AffiliationFactory(country=term.country, title="Negotiator", person__name="Amina")
    AffiliationFactory(person=inside.person, title="Elsewhere")
    AffiliationFactory(person__name="Stranger")

    (row,) = program.get("/people/").json()["results"]

    assert row == {
        "uuid": str(inside.person.uuid),
        "name": "Amina",
        "latin_name": "",
        "email": None,
        "posts": [
            {
                "title": "Negotiator",
                "country": "QAA",
                "institution": None,
                "begins_on": "2023-01-01",
                "ends_on": None,
                "confirmed_on": None,
            }
        ],
    }
    assert program.get(f"/people/{inside.person.uuid}/").json() == row


def test_somebody_of_another_delegation_is_told_as_somebody_who_does_not_exist(program):
    stranger = AffiliationFactory().person
    missing = "22222222-2222-4222-8222-222222222222"

    answers = [program.get(f"/people/{uuid}/") for uuid in (stranger.uuid, missing)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_secretariat_reads_everybody_with_their_address(term, secretariat):
    post, alone = AffiliationFactory(country=term.country), UserFactory(name="Without a post")

    assert names(secretariat.get("/people/")) == [post.person.name]
    assert alone.name in names(secretariat.get("/people/?when=all"))
    found = secretariat.get(f"/people/{alone.uuid}/").json()
    assert (found["email"], found["posts"]) == (alone.email, [])


def test_people_are_found_by_name_title_time_and_delegation(term, secretariat):
    def post(name: str, **more):
        return AffiliationFactory(person__name=name, **more)

    post("Amina", country=term.country, title="Negotiator")
    post("Bao", country=term.country, ends_on=date(2024, 1, 1))
    post("Chidi", country=None, institution=InstitutionFactory(slug="institute"))
    post("Dora", country=term.country, confirmed_on=clock.now().date())
    asked = {
        "q=amin": ["Amina"],
        "q=negot": ["Amina"],
        "q=negot&when=all": ["Amina"],
        "when=before": ["Bao"],
        "delegation=country/qaa": ["Amina", "Dora"],
        "delegation=country/qaa&when=all": ["Amina", "Bao", "Dora"],
        "delegation=institution/institute": ["Chidi"],
        "check=due&delegation=country/qaa": ["Amina"],
    }
    assert {query: names(secretariat.get(f"/people/?{query}")) for query in asked} == asked


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("delegation=country/qzz", "delegation"),
        ("delegation=country/qab", "delegation"),
        ("delegation=QAA", "delegation"),
        ("when=never", "when"),
        ("email=a@m.example", "email"),
        ("ordering=password", "ordering"),
        ("cursor=1", "cursor"),
    ],
)
def test_a_filter_that_is_none_or_names_anothers_delegation_is_a_400_with_its_name(
    program, query, field
):
    CountryFactory(iso3="QAB")

    answer = program.get(f"/people/?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_query")
    assert list(answer.json()["fields"]) == [field]


def test_the_list_comes_in_pages_and_whole_as_a_sheet_and_each_is_written_down(term, program):
    for name in ("Amina", "=cmd()", "Chidi"):
        AffiliationFactory(country=term.country, person__name=name, title="Officer")

    first = program.get("/people/?page_size=2").json()
    second = program.client.get(first["next"], headers=program._headers())
    sheet = read(program.get("/people/?format=csv"))

    assert names(second) == ["Chidi"]
    assert "'=cmd()" in sheet
    assert sheet.count("title: Officer") == 3
    told = [entry.changes for entry in AuditEntry.objects.filter(verb="list.export").order_by("pk")]
    assert told == [{"list": "api/people", "rows": rows} for rows in (2, 1, 3)]


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/people/", 6),
        ("/delegations/countries/", 6),
        ("/delegations/institutions/", 5),
        ("/invitations/", 5),
        ("/requests/", 5),
    ],
)
def test_a_list_costs_as_many_queries_with_one_row_as_with_many(
    term, program, count_queries, path, number
):
    def more(rows: int) -> None:
        for _number in range(rows):
            country = term.country
            AffiliationFactory(country=country, institution=InstitutionFactory())
            InvitationFactory(country=country, by=term.person)
            JoinRequestFactory(country=country)

    more(1)
    with count_queries(number):
        read(program.get(path))
    more(4)
    with count_queries(number):
        read(program.get(path))


# --- Delegations ------------------------------------------------------------------------


def test_a_delegation_is_told_in_numbers_and_with_who_runs_it(term, program):
    AffiliationFactory(country=term.country)
    AffiliationFactory(country=term.country, ends_on=date(2024, 1, 1))
    JoinRequestFactory(country=term.country)
    InvitationFactory(
        country=term.country, by=term.person, made_at=clock.now(), sent_at=clock.now()
    )
    FocalTermFactory()

    (row,) = program.get("/delegations/countries/").json()["results"]

    (focal,) = row.pop("focal_terms")
    assert row == {
        "delegation": "country/qaa",
        "name": "Aland",
        "in_post": 1,
        "requests_waiting": 1,
        "invitations_open": 1,
        "people": "/api/v1/people/?delegation=country/qaa",
    }
    assert (focal["person"], focal["function"]) == (str(term.person.uuid), "policy")
    assert (focal["ends_on"], focal["holds_until"]) == ("2099-12-31", "2100-01-30")
    assert program.get("/delegations/countries/qaa/").json()["name"] == "Aland"


def test_another_delegation_does_not_exist_for_who_does_not_run_it(term, program, secretariat):
    CountryFactory(iso3="QAB")
    InstitutionFactory(slug="institute")

    for path in ("countries/QAB/", "institutions/institute/"):
        assert program.get(f"/delegations/{path}").status_code == 404
        assert secretariat.get(f"/delegations/{path}").status_code == 200
    assert program.get("/delegations/institutions/").json()["results"] == []


# --- The end of a post ------------------------------------------------------------------


def leave(program: Program, person, /, **body):
    return program.post(f"/people/{person.uuid}/leave/", body)


def test_a_post_ends_with_the_day_that_is_named_and_sent_twice_it_ends_once(term, program):
    post = AffiliationFactory(country=term.country)

    for _time in range(2):
        answer = leave(program, post.person, country="QAA", last_day="2026-06-30")
        assert (answer.status_code, answer.json()["ends_on"]) == (200, "2026-06-30")

    assert Affiliation.objects.get(pk=post.pk).ends_on == date(2026, 6, 30)
    assert Leaving.objects.count() == 1
    assert AuditEntry.objects.filter(verb="post.end", actor=str(term.person.uuid)).count() == 1


def test_without_a_day_a_post_ends_today_and_what_cannot_be_is_told(term, program):
    post = AffiliationFactory(country=term.country)
    today = clock.now().date()

    for day in (date(2022, 1, 1), today + timedelta(days=400)):
        answer = leave(program, post.person, country="qaa", last_day=str(day))
        assert (answer.status_code, answer.json()["code"]) == (409, "day_wrong")
    wrong = leave(program, post.person, country="QAA", last_day="soon")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["last_day"])
    unknown = leave(program, post.person, country="QAA", person="x")
    assert (unknown.status_code, list(unknown.json()["fields"])) == (400, ["person"])
    assert leave(program, post.person, country="QAA").json()["ends_on"] == str(today)


def test_a_post_that_has_ended_is_not_ended_anew_by_a_program_that_names_no_day(term, program):
    post = AffiliationFactory(country=term.country, ends_on=date(2024, 1, 1))

    assert leave(program, post.person, country="QAA").json()["ends_on"] == "2024-01-01"
    assert not Leaving.objects.exists()


def test_no_post_of_another_delegation_is_ended(term, program):
    other = AffiliationFactory(country=CountryFactory(iso3="QAB"))
    AffiliationFactory(person=other.person, country=term.country)

    assert leave(program, other.person, country="QAB").status_code == 404
    assert leave(program, AffiliationFactory().person, country="QAA").status_code == 404
    assert leave(program, other.person).status_code == 404
    assert not Affiliation.objects.filter(ends_on__isnull=False).exists()
