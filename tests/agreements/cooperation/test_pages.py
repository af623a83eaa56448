"""Approaches and authorizations as people and programs read them."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest
from django.test import Client

from partnership.accounts.models import Role
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.cooperation import (
    ApproachFactory,
    ApproachLineFactory,
    AuthorizationFactory,
    AuthorizationLineFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory, SourceFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<th scope="row"><a href="/agreements/\w+/([a-z0-9-]+)/"')
LISTS = {"approaches": ApproachLineFactory, "authorizations": AuthorizationLineFactory}


def on_the_page(client: Client, kind: str, query: str) -> list[str]:
    return ROW.findall(client.get(f"/agreements/{kind}/?{query}").content.decode())


def in_json(client: Client, kind: str, query: str) -> list[str]:
    rows = client.get(f"/api/v1/{kind}/?{query}").json()["results"]
    return [row["slug"] for row in rows]


def in_csv(client: Client, kind: str, query: str) -> list[str]:
    response = client.get(f"/api/v1/{kind}/?format=csv&{query}")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    return [row["slug"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("kind", "factory"), LISTS.items())
def test_page_json_and_csv_hold_the_rows_that_the_address_asks_for(client, kind, factory):
    first = factory(entry__slug="first", entry__host__iso3="QAA", on=date(2020, 1, 1)).entry
    first.acquiring.add(CountryFactory(iso3="QAB"), CountryFactory(iso3="QAC"))
    first.sectors.add(SectorFactory(slug="waste"))
    listed = SourceFactory(slug="list")
    second = factory(entry__slug="second", stage="not_stated", source=listed, on=date(2024, 1, 1))
    wanted = {
        "ordering=known_from": ["first", "second"],
        "ordering=-known_from": ["second", "first"],
        "host=qaa": ["first"],
        "acquiring=qab": ["first"],
        "acquiring=not_known": ["second"],
        f"stage={first.said.get().stage}": ["first"],
        "stage=not_stated": ["second"],
        "sector=waste": ["first"],
        "sector=not_known": ["second"],
        "source=list": ["second"],
        "as_of=2023-12-31": ["first"],
        "as_of=2019-12-31": [],
    }

    for door in (on_the_page, in_json, in_csv):
        assert {query: door(client, kind, query) for query in wanted} == wanted
    assert client.get(f"/agreements/{kind}/?host=xyz").status_code == 400
    page = client.get(second.entry.get_absolute_url().replace("second", "SECOND"))
    assert page["Location"] == second.entry.get_absolute_url()


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_list_says_what_it_would_hold_and_who_enters_it(client, kind):
    page = client.get(f"/agreements/{kind}/").content.decode()

    assert "Not known to us" in page
    assert "CARP, the platform of the UNFCCC" in page
    assert "Data editors and the secretariat enter it" in page
    assert "<table" not in page


def test_an_authorization_tells_each_value_with_its_source_or_that_it_is_not_known(client):
    approach = ApproachLineFactory(entry__title="Stoves", entry__code="CA0001").entry
    row = AuthorizationFactory(approach=approach, host=approach.host, code="QQ-1")
    AuthorizationLineFactory(
        entry=row, purposes="ndc_oimp", may_use="any", quantity=50000, checked_on=None
    )
    AuthorizationLineFactory(entry=row, stage="changed", on=date(2025, 1, 1), terms="<b>None</b>")

    response = client.get(row.get_absolute_url())

    page = response.content.decode()
    told = {label: value for label, value, line in response.context["glance"]}
    assert (told["authorized quantity, at most"], told["purposes"]) == ("50,000", "NDC and OIMP")
    assert (told["authorized entities"], told["version"]) == ("", "")
    assert "&lt;b&gt;None&lt;/b&gt;" in page
    assert "<b>None" not in page
    assert page.count("Not yet compared with its source") == 1
    assert f'href="{approach.get_absolute_url()}"' in page
    assert "any Party" in page
    detail = client.get(f"/api/v1/authorizations/{row.slug}/").json()
    assert (detail["quantity"], detail["purposes"], detail["terms"]) == (
        50000,
        "ndc_oimp",
        "<b>None</b>",
    )
    assert (detail["stage"], detail["stage_on"], detail["approach"]) == (
        "changed",
        "2025-01-01",
        approach.slug,
    )
    assert detail["entities"] is None


def test_what_an_authorization_need_not_say_is_not_called_unknown(client):
    row = AuthorizationLineFactory(purposes="ndc", metric="ghg").entry

    told = {label for label, value, line in client.get(row.get_absolute_url()).context["glance"]}

    assert told.isdisjoint({"the other metric", "which other purpose"})
    assert "terms and conditions" in told


def test_agreement_country_and_approach_lead_to_one_another(client):
    agreement = AgreementStageFactory().agreement
    approach = ApproachFactory(agreement=agreement, host=agreement.host, title="Stoves")
    ApproachLineFactory(entry=approach)
    letter = AuthorizationFactory(approach=approach, host=agreement.host, title="Letter 7")
    letter.acquiring.add(agreement.acquiring)
    AuthorizationLineFactory(entry=letter)
    case = CaseStudyFactory(agreement=agreement)

    pages = {
        name: client.get(row.get_absolute_url()).content.decode()
        for name, row in {
            "agreement": agreement,
            "host": agreement.host,
            "acquiring": agreement.acquiring,
            "approach": approach,
        }.items()
    }

    for name in ("agreement", "host"):
        assert f'href="{approach.get_absolute_url()}"' in pages[name]
    for name in ("agreement", "host", "acquiring", "approach"):
        assert f'href="{letter.get_absolute_url()}"' in pages[name]
    for row in (agreement, case):
        assert f'href="{row.get_absolute_url()}"' in pages["approach"]


def test_where_nothing_is_known_of_authorizations_pages_say_so(client):
    agreement = AgreementStageFactory().agreement

    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "names a cooperative approach or an authorization under this agreement" in page
    page = client.get(agreement.host.get_absolute_url()).content.decode()
    assert "Which outcomes it has authorized for use" in page


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize(("kind", "factory"), LISTS.items())
def test_a_list_costs_the_same_for_any_number_of_rows(client, count_queries, kind, factory, rows):
    for _ in range(rows):
        agreement = AgreementFactory()
        row = factory(entry__agreement=agreement, entry__host=agreement.host).entry
        row.acquiring.add(CountryFactory())
        row.sectors.add(SectorFactory())

    with count_queries(9):
        client.get(f"/agreements/{kind}/")
    with count_queries(8):
        client.get(f"/api/v1/{kind}/?page_size=100")


@pytest.mark.parametrize("lines", [1, 9])
def test_a_page_costs_the_same_for_any_number_of_lines(client, count_queries, lines):
    row = ApproachFactory()
    for day in range(1, 1 + lines):
        ApproachLineFactory(entry=row, on=date(2024, 1, day))

    with count_queries(6):
        client.get(row.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 5])
def test_what_is_under_an_agreement_costs_the_same_for_any_number(client, count_queries, rows):
    agreement = AgreementStageFactory().agreement
    for factory in (ApproachLineFactory, AuthorizationLineFactory):
        for _ in range(rows):
            factory(entry__agreement=agreement, entry__host=agreement.host)

    with count_queries(16):
        client.get(agreement.get_absolute_url())


# --- The desk ---------------------------------------------------------------------------

DESK = "/desk/cooperation/authorizations/"
ENTRY = {"title": "Stoves in town", "host": "QAA", "acquiring": "QAB"}
LINE = {"stage": "given", "on": "2024-02-03", "precision": "year", "source": "letter"}
LINE |= {"purposes": "ndc", "may_use": "named", "metric": "ghg", "first_transfer": "not_stated"}


@pytest.fixture
def desk():
    SourceFactory(slug="letter")
    CountryFactory(iso3="QAA")
    CountryFactory(iso3="QAB")
    return client_of(Role.DATA_EDITOR)


def test_an_editor_enters_confirms_and_puts_right(desk):
    sent = {**ENTRY, **{f"line-{name}": value for name, value in LINE.items()}}
    wrong = desk.post(f"{DESK}add/", {**sent, "line-source": ""}).content.decode()
    assert "Name the source that says so." in wrong
    page = desk.post(f"{DESK}add/", sent)["Location"]
    assert page == f"{DESK}stoves-in-town/"
    line = f"{page}given.2024-12-31.letter/"
    assert line in desk.get("/desk/to-confirm/").content.decode()

    assert desk.post(line, {"do": "confirm"})["Location"] == page
    again = desk.post(line, {"do": "confirm"}).content.decode()
    assert "Confirm it" not in again
    assert line not in desk.get("/desk/to-confirm/").content.decode()
    right = {**LINE, "do": "correct", "quantity": "70", "is_checked": "on"}
    assert "error-summary" in desk.post(line, right).content.decode()
    assert desk.post(line, {**right, "reason": "It has a limit."})["Location"] == page

    shown = desk.get(page).content.decode()
    assert "It has a limit." in shown
    assert "70" in desk.get("/agreements/authorizations/stoves-in-town/").content.decode()


def test_an_editor_adds_a_line_and_says_what_is_known_better(desk):
    row = AuthorizationFactory(slug="stoves")
    page = f"{DESK}stoves/"
    assert list(desk.get(f"{DESK}?state=empty").context["page"]) == [row]

    assert desk.post(page, {**LINE, "do": "line"}).status_code == 302
    known = {**ENTRY, "do": "entry", "code": "QAA 1", "acquiring": "QAA"}
    assert "cannot be an acquiring Party" in desk.post(page, known).content.decode()
    assert desk.post(page, {**known, "acquiring": "QAB"}).status_code == 302

    row.refresh_from_db()
    assert (row.code, row.host_id, row.said.count()) == ("QAA 1", "QAA", 1)
    assert list(desk.get(f"{DESK}?q=qaa+1&state=unchecked").context["page"]) == [row]
    assert desk.get("/desk/cooperation/treaties/").status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_the_desk_lists_any_number_at_the_same_cost(desk, count_queries, rows):
    AuthorizationLineFactory.create_batch(rows)
    desk.get(DESK)

    with count_queries(8):
        desk.get(DESK)
