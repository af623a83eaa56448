"""The register as people and programs read it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from partnership.agreements import versions
from partnership.agreements.models import AgreementStage
from partnership.lib import clock
from partnership.lib.dating import Precision
from tests.costs import costs
from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import DatedFactFactory

ROW = re.compile(r'<th scope="row">\s*<a href="/agreements/([a-z0-9-]+)/"')
Stage = AgreementStage.Stage
QUERIES = [
    "",
    "acquiring=jpn",
    "acquiring=JPN&host=Vnm",
    "host=vnm",
    "kind=treaty",
    "kind=memorandum",
    "kind=not_stated",
    "stage=signed",
    "stage=in_force&as_of=2022-12-16",
    "stage=not_stated",
    "sector=not_known",
    "source=oecc-talk-2022&ordering=host",
    "as_of=2015-12-31&ordering=-known_from",
    "acquiring=che&kind=treaty&source=oecc-talk-2022&as_of=2023-01-01&ordering=known_from",
]


def on_the_page(client: Client, query: str) -> list[str]:
    return ROW.findall(client.get(f"/agreements/?{query}").content.decode())


def in_json(client: Client, query: str) -> list[str]:
    body = client.get(f"/api/v1/agreements/?page_size=500&{query}").json()
    return [row["slug"] for row in body["results"]]


def in_csv(client: Client, query: str) -> list[str]:
    response = client.get(f"/api/v1/agreements/?format=csv&{query}")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    return [row["slug"] for row in csv.DictReader(lines)]


def in_xlsx(client: Client, query: str) -> list[str]:
    response = client.get(f"/api/v1/agreements/?format=xlsx&{query}")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    columns, *rows = sheet.iter_rows(values_only=True)
    return [row[columns.index("slug")] for row in rows]


# --- The same rows through every door ---------------------------------------------------


def test_page_json_csv_and_xlsx_hold_the_same_rows_in_the_same_order(content, client):
    page = {query: on_the_page(client, query) for query in QUERIES}

    assert all(page.values())
    for door in (in_json, in_csv, in_xlsx):
        assert {query: door(client, query) for query in QUERIES} == page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("source=oecc-talk-2022", 47),
        ("source=oecc-talk-2022&acquiring=jpn", 25),
        ("source=oecc-talk-2022&acquiring=JPN&as_of=2022-12-16", 25),
        ("as_of=2012-12-31", 0),
        ("as_of=2015-12-31", 16),
        ("as_of=2015-12-31&acquiring=jpn", 16),
    ],
)
def test_the_register_has_as_many_rows_as_its_sources_say(content, client, query, count):
    response = client.get(f"/agreements/?{query}")

    assert response.context["page"].paginator.count == count
    assert len(ROW.findall(response.content.decode())) == count


def test_all_rows_stand_on_the_pages_once(client, db):
    party = CountryFactory()
    lines = [AgreementStageFactory(agreement__acquiring=party) for _ in range(103)]
    slugs = {line.agreement.slug for line in lines}

    first, second = on_the_page(client, ""), on_the_page(client, "page=2")

    assert (len(first), len(second)) == (100, 3)
    assert {*first, *second} == slugs


# --- What a row says --------------------------------------------------------------------


def row(client: Client, query: str = "") -> str:
    """The text of the only row, with single spaces."""
    page = client.get(f"/agreements/?{query}").content.decode()
    (table,) = re.findall(
        r"<tr>\s*<th scope=\"row\">\s*<a href=\"/agreements/\w.*?</tr>", page, re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]+>", " ", table).split())


@pytest.mark.parametrize(
    ("is_confirmed", "is_marked"), [pytest.param(True, False), pytest.param(False, True)]
)
def test_a_date_that_no_source_was_read_for_is_marked(client, db, is_confirmed, is_marked):
    AgreementStageFactory(is_confirmed=is_confirmed)

    assert ("unconfirmed" in row(client)) is is_marked
    assert client.get("/api/v1/agreements/").json()["results"][0]["is_confirmed"] is is_confirmed


def test_a_row_shows_the_stage_and_date_of_the_day_asked_for(client, db):
    line = AgreementStageFactory(stage=Stage.SIGNED, on=date(2020, 5, 1))
    AgreementStageFactory(
        agreement=line.agreement, stage=Stage.IN_FORCE, on=date(2021, 6, 30), precision="month"
    )

    assert "signed 1 May 2020" in row(client, "as_of=2021-06-29")
    assert "in force June 2021" in row(client, "as_of=2021-06-30")


def test_the_day_of_a_list_does_not_pass_for_a_date_of_the_agreement(client, db):
    AgreementStageFactory(
        stage=Stage.NOT_STATED, on=date(2022, 12, 16), is_report_date=True, kind="not_stated"
    )

    (found,) = client.get("/api/v1/agreements/").json()["results"]

    assert "not known listed on 16 December 2022" in row(client)
    assert (found["stage"], found["stage_on"], found["stage_on_precision"]) == (
        "not_stated",
        None,
        "",
    )


def test_what_was_signed_before_paris_says_so(client, db):
    AgreementStageFactory(on=date(2013, 1, 8))

    assert "predates Article 6, later aligned" in row(client)


def test_what_was_signed_after_paris_does_not(client, db):
    AgreementStageFactory(on=date(2016, 1, 8))

    assert "predates" not in row(client)


def test_a_program_is_told_of_an_agreement_all_that_is_known(client, db):
    agreement = AgreementFactory(note="A note.")
    line = AgreementStageFactory(
        agreement=agreement, on=date(2023, 3, 31), precision=Precision.MONTH
    )
    sector = AgreementSectorFactory(agreement=agreement).sector

    assert client.get(f"/api/v1/agreements/{agreement.slug}/").json() == {
        "slug": agreement.slug,
        "acquiring": agreement.acquiring_id,
        "acquiring_name": agreement.acquiring.name,
        "host": agreement.host_id,
        "host_name": agreement.host.name,
        "stage": "signed",
        "instrument": "bilateral_agreement",
        "kind": "treaty",
        "known_from": "2023-03-31",
        "stage_on": "2023-03-31",
        "stage_on_precision": "month",
        "is_confirmed": True,
        "checked_on": None,
        "is_contested": False,
        "sectors": [sector.name],
        "sources": [line.source.slug],
        "note": "A note.",
    }


# --- Pages around it --------------------------------------------------------------------


def test_an_address_in_capitals_leads_to_the_agreement(client, db):
    agreement = AgreementStageFactory().agreement

    response = client.get(f"/agreements/{agreement.slug.upper()}/")

    assert (response.status_code, response["Location"]) == (301, agreement.get_absolute_url())


def test_an_agreement_without_a_line_has_no_page_yet(client, db):
    assert client.get(AgreementFactory().get_absolute_url()).status_code == 404


def test_the_page_of_an_agreement_keeps_apart_what_each_source_says(client, db):
    line = AgreementStageFactory()
    other = AgreementStageFactory(agreement=line.agreement, on=date(2022, 3, 2))

    response = client.get(line.agreement.get_absolute_url())

    assert response.context["claims"] == [(line.source, [line]), (other.source, [other])]
    assert response.context["differences"] == {"days"}
    assert "The sources give different days" in response.content.decode()


def test_another_agreement_of_the_same_pair_is_named_beside_it(client, db):
    first = AgreementStageFactory().agreement
    second = AgreementFactory(acquiring=first.acquiring, host=first.host, series=2)
    AgreementStageFactory(agreement=second)

    page = client.get(first.get_absolute_url()).content.decode()

    assert f'<a href="{second.get_absolute_url()}">' in page


def test_the_picture_has_a_line_for_each_agreement_of_the_day(content, client):
    response = client.get("/agreements/network/?as_of=2015-12-31")

    drawn = [pair for party in response.context["acquiring"] for pair in party["drawn"]]
    assert sorted(row.slug for row, _ in drawn) == sorted(in_json(client, "as_of=2015-12-31"))
    assert len({line.path for _, line in drawn}) == 16


# --- What it costs ----------------------------------------------------------------------


COSTS = {
    "/agreements/": 9,
    "/agreements/network/": 3,
    "/agreements/feed/": 3,
    "/api/v1/agreements/": 6,
    "/api/v1/agreements/?format=csv": 7,
}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_the_same_for_any_number_of_rows(client, db, rows):
    DatedFactFactory(topic="register")
    for _ in range(rows):
        AgreementSectorFactory(agreement=AgreementStageFactory().agreement)

    assert costs(client, COSTS) == COSTS


@pytest.mark.parametrize("lines", [1, 12])
def test_an_agreement_costs_the_same_for_any_number_of_lines(client, db, lines, count_queries):
    agreement = AgreementFactory()
    for day in range(1, 1 + lines):
        AgreementStageFactory(agreement=agreement, on=date(2022, 1, day))

    versions.catch_up(clock.now())
    with count_queries(9):
        response = client.get(agreement.get_absolute_url())

    assert len(response.context["agreement"].lines) == lines
