"""The pages of figures, and what is taken away from them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings

from partnership.site.figures.series import SERIES
from tests.factories.figures import SnapshotFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import DatedFactFactory
from tests.site.reading import csv_rows, sheet, walk

DAY = date(2026, 3, 1)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def days(*totals: int | None, series: str = "documents", **fields) -> None:
    """One count a day from the first of March; None leaves the day out."""
    for number, total in enumerate(totals):
        if total is not None:
            on = DAY + timedelta(days=number)
            SnapshotFactory(series=series, day=on, total=total, **fields)


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_list_tells_the_newest_number_of_each_series_and_its_day(client, db):
    days(6, 7)
    DatedFactFactory(key="of-a-source", label="Counted elsewhere")

    text = text_of(client, "/figures/")

    assert "7 documents, as of 2 March 2026" in text
    assert "Counted elsewhere" in text
    assert text.count("Not counted yet") == len(SERIES) - 1


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_asks_the_same_for_one_and_for_many_counts(client, db, count_queries, many):
    days(*range(many))
    days(*range(many), series="agreements")
    for number in range(many):
        DatedFactFactory(key=f"fact-{number}")

    with count_queries(5):
        client.get("/figures/")


@pytest.mark.parametrize("many", [1, 150])
def test_a_series_asks_the_same_for_one_day_and_for_half_a_year(client, db, count_queries, many):
    key, countries = (
        "agreements-by-acquiring-party",
        [CountryFactory().pk for _ in range(many // 50)],
    )
    days(*[1] * many, series=key, parts={"QZZ": 1, **dict.fromkeys(countries, 2)})

    with count_queries(4):
        client.get(f"/figures/{key}/")


def test_a_page_shows_each_change_in_a_table_and_a_gap_as_one(client, db):
    days(6, 6, 7, None, None, 7, 8)

    page = client.get("/figures/documents/").content.decode()

    table = page.partition("Days on which the number changed")[2].partition("</table>")[0]
    lines = [
        re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"(?s)<tr>.*?</tr>", table)
    ]
    assert [" ".join(line) for line in lines[1:]] == [
        "7 March 2026 8",
        "6 March 2026 7",
        "not counted between 3 March 2026 and 6 March 2026",
        "3 March 2026 7",
        "1 March 2026 6",
    ]
    assert "A grey field is a time in which nothing was counted." in page


def test_a_page_draws_the_line_twice_where_nothing_was_counted_between(client, db):
    days(6, 7, None, 8, 9)

    page = client.get("/figures/documents/").content.decode()

    assert page.count('class="chart-link"') == 2
    assert page.count('class="chart-hole"') == 1


def test_a_time_is_chosen_in_the_address_and_a_wrong_one_is_refused_by_its_field(client, db):
    days(6, 7, 8)

    assert "8 documents, as of" not in text_of(client, "/figures/documents/?until=2026-03-02")
    assert "Nothing was counted in this time" in text_of(
        client, "/figures/documents/?since=2026-05-01"
    )
    wrong = client.get("/figures/documents/?since=2026-03-03&until=2026-03-01")
    assert wrong.status_code == 400
    assert client.get("/figures/unheard-of/").status_code == 404


def test_fewer_than_five_people_are_told_as_that_and_with_no_number(client, db):
    SnapshotFactory(series="people-trained", day=DAY, total=None)

    assert "fewer than 5 people, as of 1 March 2026" in text_of(client, "/figures/people-trained/")
    (row,) = csv_rows(client, "/figures/people-trained/data/?format=csv")
    assert (row["number"], row["note"]) == ("", "fewer than 5")
    (day,) = client.get("/api/v1/snapshots/?series=people-trained").json()["results"]
    assert (day["total"], day["parts"]) == (None, {})


@override_settings(DATA_LICENCE=LICENCE)
def test_what_is_taken_away_carries_definition_source_day_and_licence(client, db):
    country = CountryFactory(iso3="QAA", name="Aland")
    key = "agreements-by-acquiring-party"
    SnapshotFactory(series=key, day=DAY, total=3, parts={"QAA": 3})

    found = sheet(client, f"/figures/{key}/data/?format=xlsx")
    told = client.get(f"/figures/{key}/data/?format=json").json()

    assert [(row["part_name"], row["number"]) for row in found] == [
        ("in all", 3),
        (country.name, 3),
    ]
    for row in (*found, told):
        assert "counts from the first day" in row["definition"]
        assert "register of agreements" in row["source"]
        assert row["licence"] == f"CC BY 4.0, {LICENCE}"
    assert {str(row["day"])[:10] for row in found} == {"2026-03-01"}
    assert told["days"][0]["parts"] == [{"key": "QAA", "name": "Aland", "number": 3}]
    assert client.get(f"/figures/{key}/data/?format=pdf").status_code == 400


def test_a_page_describes_itself_as_a_dataset_that_cannot_break_out(client, db, monkeypatch):
    days(6, 7)
    hostile = replace(SERIES["documents"], source="</script><script>alert(1)</script>")
    monkeypatch.setitem(SERIES, "documents", hostile)

    page = client.get("/figures/documents/").content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    assert block
    told = json.loads(block[1])
    assert told["@type"] == "Dataset"
    assert told["temporalCoverage"] == "2026-03-01/2026-03-02"
    assert "</script><script>alert(1)</script>" in told["description"]
    assert told["distribution"][0]["encodingFormat"] == "text/csv"
    assert "ask the secretariat" in told["conditionsOfAccess"]


def test_the_interface_tells_what_each_series_counts_and_its_newest_count(client, db):
    days(6, 7, parts={"report": 6})

    found = {row["series"]: row for row in client.get("/api/v1/figures/").json()["results"]}
    one = client.get("/api/v1/figures/documents/").json()

    assert set(found) == set(SERIES)
    assert found["documents"] == one
    assert one["newest"]["total"] == 7
    assert one["newest"]["parts"] == [{"key": "report", "name": "report", "number": 6}]
    assert found["members"]["newest"] is None
    assert client.get("/api/v1/figures/unheard-of/").status_code == 404
    assert client.get("/api/v1/figures/?page=2").status_code == 400


@pytest.mark.parametrize("many", [1, 30])
def test_the_interface_gives_counts_in_pages(client, db, count_queries, many):
    days(*range(many))
    days(3, series="agreements")

    with count_queries(1):
        client.get("/api/v1/snapshots/")
    pages = walk(client, "/api/v1/snapshots/?series=documents&page_size=7")
    assert [row["total"] for page in pages for row in page] == list(range(many))


def test_the_interface_gives_a_time_as_a_sheet_and_one_count_by_its_id(client, db):
    days(6, 7, 8, parts={"report": 6})

    found = csv_rows(client, "/api/v1/snapshots/?since=2026-03-02&until=2026-03-02&format=csv")
    one = client.get(f"/api/v1/snapshots/{found[0]['uuid']}/").json()

    assert [(row["total"], row["parts"]) for row in found] == [("7", "report: 6")]
    assert (one["day"], one["total"]) == ("2026-03-02", 7)
    for wrong in ("since=yesterday", "series=unheard-of", "serie=documents"):
        assert client.get(f"/api/v1/snapshots/?{wrong}").status_code == 400


def test_a_fact_shows_every_value_that_was_kept_and_draws_them(client, db):
    first = DatedFactFactory(key="pairs", label="Pairs", as_of=date(2022, 1, 1), value_number=47)
    DatedFactFactory(key="pairs-2", figure="pairs", follows=first, value_number=61, as_of=DAY)

    page = client.get("/figures/facts/pairs/").content.decode()

    assert page.count('class="chart-point"') == 2
    assert page.index("61") < page.index("47")
    assert client.get("/figures/facts/pairs-2/").status_code == 404
    found = csv_rows(client, "/api/v1/facts/?figure=pairs&format=csv")
    assert [row["key"] for row in found] == ["pairs", "pairs-2"]


def test_facts_are_asked_for_by_country_and_as_they_are_now(client, db):
    first = DatedFactFactory(key="a", country=CountryFactory(iso3="QAA"))
    DatedFactFactory(key="b", figure="a", follows=first, country=first.country)
    DatedFactFactory(key="c")

    def keys(query: str) -> list[str]:
        return [row["key"] for row in client.get(f"/api/v1/facts/?{query}").json()["results"]]

    assert keys("country=qaa") == ["a", "b"]
    assert keys("newest=yes") == ["b", "c"]
    assert client.get("/api/v1/facts/?newest=no").status_code == 400
