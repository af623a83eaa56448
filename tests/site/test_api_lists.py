"""Lists of the API: in pages as JSON, whole as sheets."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from partnership.information.models import GlossaryTerm
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import (
    CountryFactory,
    InstitutionFactory,
)
from tests.factories.sources import DatedFactFactory
from tests.site.people import VISITOR, client_of
from tests.site.reading import csv_rows, rows, sheet, term, walk

pytestmark = pytest.mark.both_engines("filters and order become the words of each database")

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
