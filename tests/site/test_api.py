"""The API as programs use it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from partnership.accounts.models import Role
from partnership.information.models import GlossaryTerm
from partnership.lib import sheets
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
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

NAMES = [
    "Åland",
    "aland",
    "Côte d'Or",
    "Cote d'Or",
    "Đồng",
    "dong",
    "Éire",
    "eire",
    "Zürich",
    "日本",
]


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    return client.get(address).json()["results"]


def walk(client: Client, address: str) -> list[list[dict[str, Any]]]:
    """All pages from an address on."""
    found = []
    while address:
        body = client.get(address).json()
        found.append(body["results"])
        address = body["next"]
    return found


def term(name: str, slug: str) -> GlossaryTerm:
    return GlossaryTerm.objects.create(term=name, slug=slug, definition="A word.")


def sheet(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of an XLSX file by the names of their columns."""
    response = client.get(address)
    workbook = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    columns, *found = workbook.active.iter_rows(values_only=True)
    return [dict(zip(columns, row, strict=True)) for row in found]


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- Pages ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3, 10, 11])
def test_pages_hold_every_row_once_also_with_equal_sort_keys(client, db, size):
    for number, name in enumerate(NAMES):
        term(name, f"t{number}")

    pages = walk(client, f"/api/v1/glossary/?page_size={size}")

    found = [row["slug"] for page in pages for row in page]
    expected = GlossaryTerm.objects.order_by("sort_key", "slug").values_list("slug", flat=True)
    assert found == list(expected)
    assert all(len(page) == size for page in pages[:-1])


def test_rows_that_are_added_between_two_pages_take_no_row_away_and_double_none(client, db):
    japan = CountryFactory(iso3="QJA", name="Japan")
    hosts = [CountryFactory(name=f"Host {number}") for number in range(8)]
    for host in hosts[1::2]:
        AgreementStageFactory(agreement=AgreementFactory(acquiring=japan, host=host))
    before = [row["slug"] for row in rows(client, "/api/v1/agreements/")]

    first = client.get("/api/v1/agreements/?page_size=2").json()
    for host in hosts[::2]:
        AgreementStageFactory(agreement=AgreementFactory(acquiring=japan, host=host))
    later = [row["slug"] for page in walk(client, first["next"]) for row in page]

    found = [row["slug"] for row in first["results"]] + later
    assert len(set(found)) == len(found)
    assert [slug for slug in found if slug in before] == before


@pytest.mark.parametrize("ordering", ["", "host", "known_from", "-known_from"])
def test_pages_go_forth_and_back_in_every_order(client, content, ordering):
    address = f"/api/v1/agreements/?page_size=25&ordering={ordering}"
    forth = walk(client, address)

    last = client.get(client.get(client.get(address).json()["next"]).json()["next"]).json()
    middle = client.get(last["previous"]).json()
    first = client.get(middle["previous"]).json()

    assert [first["results"], middle["results"], last["results"]] == forth
    assert (first["previous"], last["next"]) == (None, None)


def test_a_page_is_a_hundred_rows_unless_asked_otherwise(client, content):
    assert [len(page) for page in walk(client, "/api/v1/countries/")] == [100, 95]
    assert [len(page) for page in walk(client, "/api/v1/countries/?page_size=500")] == [195]


def cursor_of(client: Client, address: str) -> str:
    return client.get(address).json()["next"].partition("cursor=")[2].partition("&")[0]


def test_a_cursor_of_another_list_or_order_is_refused(client, content):
    stranger = cursor_of(client, "/api/v1/glossary/?page_size=9")
    later = "/api/v1/agreements/?ordering=known_from&cursor="

    for address in ("/api/v1/agreements/?", "/api/v1/agreements/?ordering=host&"):
        own = cursor_of(client, f"{address}page_size=9")
        assert client.get(f"{address}cursor={own}").status_code == 200
        assert client.get(f"{address}cursor={stranger}").status_code == 400
        assert client.get(f"{later}{own}").status_code == 400


@pytest.mark.parametrize(
    "cursor", ["", "abc", "cD0lMDA=", "cD1hYmM=", "o=5", "🦆", "W10:1w1B2c:abc", "a" * 9000]
)
def test_a_broken_cursor_is_refused_by_its_name(client, db, cursor):
    response = client.get(f"/api/v1/agreements/?{urlencode({'cursor': cursor})}")

    text = "This page does not exist any more: start the list again."
    assert response.status_code == 400
    assert response.json() == {"code": "bad_query", "detail": text, "fields": {"cursor": [text]}}


def test_a_cursor_that_was_changed_is_refused(client, content):
    cursor = cursor_of(client, "/api/v1/countries/")

    for changed in (cursor[1:], cursor[:-1], cursor.replace(cursor[3], "x" * 2, 1)):
        assert client.get(f"/api/v1/countries/?cursor={changed}").status_code == 400


@pytest.mark.parametrize("size", ["0", "-1", "501", "abc", "", "1.5", "9" * 400, "٣"])
def test_a_page_size_that_cannot_be_is_refused_by_its_name(client, db, size):
    response = client.get("/api/v1/countries/", {"page_size": size})

    assert (response.status_code, response.json()["fields"]) == (
        400,
        {"page_size": ["A page has from 1 to 500 rows."]},
    )


# --- Sheets -----------------------------------------------------------------------------


def test_a_sheet_holds_the_whole_list_whatever_the_size_of_a_page(client, content):
    codes = [row["iso3"] for page in walk(client, "/api/v1/countries/") for row in page]

    for read in (sheet, csv_rows):
        found = read(client, f"/api/v1/countries/?format={'xlsx' if read is sheet else 'csv'}")
        assert [row["iso3"] for row in found] == codes


def test_a_sheet_is_a_file_with_the_name_of_its_list(client, db):
    found = {kind: client.get(f"/api/v1/facts/?format={kind}") for kind in ("csv", "xlsx")}

    assert {kind: response["Content-Type"] for kind, response in found.items()} == {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    assert {kind: response["Content-Disposition"] for kind, response in found.items()} == {
        "csv": 'attachment; filename="facts.csv"',
        "xlsx": 'attachment; filename="facts.xlsx"',
    }


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'quoted"])
def test_a_name_is_never_a_formula(client, db, name):
    InstitutionFactory(name=name)

    (in_csv,) = csv_rows(client, "/api/v1/institutions/?format=csv")
    (in_xlsx,) = sheet(client, "/api/v1/institutions/?format=xlsx")

    assert (in_csv["name"], in_xlsx["name"]) == (f"'{name}", name)


def test_a_number_stays_a_number_in_json_and_in_a_sheet(client, db):
    DatedFactFactory(key="whole", value_number=14965)
    DatedFactFactory(key="broken", value_number="7.2400")
    DatedFactFactory(key="text", value_number=None, value_text="over 200")

    found = [row["value_number"] for row in rows(client, "/api/v1/facts/")]
    in_sheet = sheet(client, "/api/v1/facts/?format=xlsx")

    assert found == [7.24, None, 14965]
    assert [row["value_number"] for row in in_sheet] == found


def test_a_list_that_is_too_long_for_a_sheet_is_refused_before_it_is_sent(client, db, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 1)
    CountryFactory.create_batch(2)

    response = client.get("/api/v1/countries/?format=csv")

    assert (response.status_code, response.json()["code"]) == (409, "too_many_rows")
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "address", ["/api/v1/countries/QAA/", "/api/v1/search/", "/api/v1/", "/api/v1/jobs/"]
)
def test_what_is_no_list_of_rows_is_in_no_sheet(db, address):
    CountryFactory(iso3="QAA")
    job_list = address == "/api/v1/jobs/"

    response = client_of(VISITOR).get(address, {"format": "csv"})

    assert response.status_code == (401 if job_list else 404)
    assert response["Content-Type"] == "application/json"


def test_an_error_is_json_also_to_those_who_asked_for_a_sheet(client, db):
    response = client.get("/api/v1/countries/?format=csv&colour=red")

    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert response.json()["fields"] == {"colour": ["There is no such filter here."]}


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
    lists = ["countries", "institutions", "agreements", "case-studies", "facts", "glossary", "jobs"]

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


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("countries", 4), ("institutions", 2), ("case-studies", 7), ("facts", 1), ("glossary", 2)],
)
def test_a_list_costs_the_same_for_any_number_of_rows(client, number, name, queries, count_queries):
    make_rows(number)

    with count_queries(queries):
        found = client.get(f"/api/v1/{name}/").json()["results"]
    with count_queries(queries + 1):
        in_sheet = csv_rows(client, f"/api/v1/{name}/?format=csv")

    assert len(found) == len(in_sheet) >= number


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_jobs_costs_the_same_for_any_number_of_rows(number, count_queries):
    client = client_of(Role.ADMINISTRATOR)
    JobFactory.create_batch(number)

    # The session, the person, the roles, the jobs.
    with count_queries(4):
        found = rows(client, "/api/v1/jobs/")

    assert len(found) == number
