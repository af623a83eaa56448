"""The API as programs use it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from partnership.accounts.models import Role
from tests.costs import costs
from tests.factories.accounts import UserFactory
from tests.factories.casestudies import (
    CaseCountryFactory,
    CaseFigureFactory,
    CaseSectionFactory,
    CaseStudyFactory,
)
from tests.factories.jobs import START, JobFactory
from tests.factories.members import (
    CountryAliasFactory,
    CountryFactory,
    CountryGroupFactory,
    InstitutionFactory,
    ParticipationFactory,
)
from tests.factories.sources import DatedFactFactory
from tests.site.people import VISITOR, client_of, somebody
from tests.site.reading import csv_rows, rows, term

# --- Rows -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["QAA", "qaa", "Qaa"])
def test_a_country_is_found_by_its_code_in_either_case(client, db, code):
    CountryFactory(iso3="QAA")

    assert client.get(f"/api/v1/countries/{code}/").json()["iso3"] == "QAA"


def test_a_program_is_told_of_a_country_all_its_names(client, db):
    country = CountryFactory(iso3="QAA", longitude="105.85", latitude="-21.00")
    CountryAliasFactory(country=country, label="Shown")
    CountryAliasFactory(country=country, label="For matching", is_shown=False)
    CountryGroupFactory(country=country)
    country.names.create(language="fr", name="Pays")

    found = client.get("/api/v1/countries/QAA/").json()

    assert (found["names"], found["labels"], found["groups"]) == (
        {"fr": "Pays"},
        ["Shown"],
        ["ldc"],
    )
    assert (found["longitude"], found["latitude"]) == (105.85, -21)


def test_countries_can_be_narrowed(client, db):
    CountryFactory(iso3="QAA", name="Alpha", region="Africa")
    CountryFactory(iso3="QBB", name="Beta", region="Asia")
    CountryGroupFactory(country=CountryFactory(iso3="QCC", name="Gamma", region="Asia"))

    found = {
        query: [row["iso3"] for row in rows(client, f"/api/v1/countries/?{query}")]
        for query in ("q=alph", "q=qbb", "region=Asia", "group=ldc", "region=Asia&q=a&group=ldc")
    }

    assert list(found.values()) == [["QAA"], ["QBB"], ["QBB", "QCC"], ["QCC"], ["QCC"]]


def test_membership_is_not_known_where_none_was_entered(client, db):
    InstitutionFactory(slug="a-unknown", name="A")
    for slug, ends_on in (("b-member", None), ("c-former", "2024-01-01")):
        institution = InstitutionFactory(slug=slug, name=slug)
        ParticipationFactory(country=None, institution=institution, ends_on=ends_on)

    found = [row["is_member"] for row in rows(client, "/api/v1/institutions/")]

    assert found == [None, True, False]


def test_a_case_is_told_with_every_figure_and_its_source(client, db):
    part = CaseCountryFactory()
    figure = CaseFigureFactory(section=CaseSectionFactory(case=part.case), key="units")

    (found,) = rows(client, "/api/v1/case-studies/")

    assert found["countries"] == [{"iso3": part.country_id, "part": "host"}]
    (told,) = found["figures"]
    assert (told["key"], told["value_number"], told["source"]) == (
        "units",
        1618,
        figure.source.slug,
    )


def test_a_draft_is_not_there(client, db):
    draft = CaseStudyFactory(published_on=None)

    assert rows(client, "/api/v1/case-studies/") == []
    assert client.get(f"/api/v1/case-studies/{draft.slug}/").status_code == 404
    assert csv_rows(client, "/api/v1/case-studies/?format=csv") == []


def test_facts_can_be_had_by_topic(client, db):
    DatedFactFactory(key="a", topic="jcm")
    DatedFactFactory(key="b", topic="cooperation")

    assert [row["key"] for row in rows(client, "/api/v1/facts/?topic=jcm")] == ["a"]


def test_terms_refer_to_each_other_by_their_slugs(client, db):
    one, other = term("One", "one"), term("Other", "other")
    one.see_also.add(other)

    assert [row["see_also"] for row in rows(client, "/api/v1/glossary/")] == [["other"], ["one"]]


def test_the_front_page_names_every_list(client, db):
    lists = [
        *("countries", "institutions", "agreements", "case-studies", "facts", "glossary"),
        *("documents", "courses", "enrolments", "attempts", "certificates", "jobs", "people"),
        *("delegations/countries", "delegations/institutions", "invitations", "requests"),
        *("figures", "snapshots", "news", "links", "approaches", "authorizations", "sources"),
    ]

    assert client.get("/api/v1/").json() == {
        name: f"http://testserver/api/v1/{name}/" for name in lists
    }


# --- Jobs -------------------------------------------------------------------------------


def test_a_person_sees_their_own_jobs_and_an_administrator_all(db):
    alice, bob = UserFactory(), UserFactory()
    own = JobFactory(requested_by=alice)
    JobFactory(requested_by=bob, created_at=START + timedelta(minutes=1))
    JobFactory(requested_by=None, created_at=START + timedelta(minutes=2))
    client, administrator = Client(), client_of(Role.ADMINISTRATOR)
    client.force_login(alice)

    assert [row["uuid"] for row in rows(client, "/api/v1/jobs/")] == [str(own.uuid)]
    assert len(rows(administrator, "/api/v1/jobs/")) == 3
    assert rows(administrator, "/api/v1/jobs/")[-1]["uuid"] == str(own.uuid)


def test_somebody_elses_job_looks_like_one_that_never_was(db):
    job = JobFactory(requested_by=UserFactory())
    client = client_of(Role.TRAINER)

    strange = client.get(f"/api/v1/jobs/{job.uuid}/")
    missing = client.get(f"/api/v1/jobs/{uuid4()}/")

    assert strange.status_code == missing.status_code == 404
    assert strange.content == missing.content
    assert strange.headers["Content-Type"] == missing.headers["Content-Type"]


def test_no_sequential_number_is_told_of_a_job(db):
    job = JobFactory(requested_by=somebody(Role.TRAINER))
    client = Client()
    client.force_login(job.requested_by)

    assert set(client.get(f"/api/v1/jobs/{job.uuid}/").json()) == {
        "uuid",
        "kind",
        "state",
        "done",
        "total",
        "sentence",
        "result",
        "error",
        "created_at",
        "finished_at",
    }


# --- Errors, as they come over the line ---------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/countries/?region=Atlantis", 400, "bad_query"),
        ("/api/v1/agreements/?as_of=2022-13-40", 400, "bad_query"),
        ("/api/v1/agreements/?acquiring=xyz", 400, "bad_query"),
        ("/api/v1/institutions/?kind=circus", 400, "bad_query"),
        ("/api/v1/facts/?topic=weather", 400, "bad_query"),
        ("/api/v1/search/?kind=animal", 400, "bad_query"),
        ("/api/v1/search/?word=itmo", 400, "bad_query"),
        ("/api/v1/jobs/", 401, "not_authenticated"),
        ("/api/v1/enrolments/", 401, "not_authenticated"),
        ("/api/v1/courses/?level=high", 400, "bad_query"),
        ("/api/v1/courses/nothing/", 404, "not_found"),
        ("/api/v1/countries/QQQ/", 404, "not_found"),
        ("/api/v1/countries/?format=exe", 404, "not_found"),
        ("/api/v1/nowhere/", 404, "not_found"),
    ],
)
def test_an_error_has_its_code_and_a_sentence(db, address, status, code):
    response = client_of(VISITOR).get(address)

    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert (set(response.json()), response.json()["code"]) == ({"code", "detail", "fields"}, code)
    assert response.json()["detail"].endswith(".")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("body", ["{}", "{broken", "[" * 10_000 + "]" * 10_000])
def test_nothing_can_be_written_to_a_list_whatever_is_sent(db, method, body):
    send = getattr(client_of(Role.TRAINER), method)

    response = send("/api/v1/countries/", body, content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_a_form_from_another_site_is_refused_before_anything_else(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())

    response = client.post("/api/v1/countries/", "{}", content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


# --- What it costs ----------------------------------------------------------------------


def make_rows(number: int) -> None:
    for index in range(number):
        alias = CountryAliasFactory()
        CountryGroupFactory(country=alias.country)
        ParticipationFactory(country=None, institution=InstitutionFactory())
        part = CaseCountryFactory(country=alias.country)
        CaseFigureFactory(section=CaseSectionFactory(case=part.case))
        DatedFactFactory()
        term(f"Term {index}", f"term-{index}").see_also.add(term(f"T {index}", f"t-{index}"))


COSTS = {"countries": 4, "institutions": 2, "case-studies": 9, "facts": 1, "sources": 1}
COSTS |= {"glossary": 2}


@pytest.mark.parametrize("number", [1, 20])
def test_a_list_costs_the_same_for_any_number_of_rows(client, db, number):
    make_rows(number)
    lists = {f"/api/v1/{name}/": queries for name, queries in COSTS.items()}
    sheets = {f"{address}?format=csv": queries + 1 for address, queries in lists.items()}

    assert costs(client, {**lists, **sheets}) == {**lists, **sheets}
    for address in lists:
        found = client.get(address).json()["results"]
        assert len(found) == len(csv_rows(client, f"{address}?format=csv")) >= number, address


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_jobs_costs_the_same_for_any_number_of_rows(number, count_queries):
    client = client_of(Role.ADMINISTRATOR)
    JobFactory.create_batch(number)

    # The session, the person, the roles, the jobs.
    with count_queries(4):
        found = rows(client, "/api/v1/jobs/")

    assert len(found) == number
