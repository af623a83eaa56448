"""Pages that draw on several subjects."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client

from partnership.members.models import Country, Institution
from partnership.site.queries import institutions
from tests.costs import costs
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import (
    CaseChartFactory,
    CaseCountryFactory,
    CaseFigureFactory,
    CaseSectionFactory,
)
from tests.factories.members import (
    CountryAliasFactory,
    CountryFactory,
    CountryGroupFactory,
    FocalTermFactory,
    InstitutionFactory,
    ParticipationFactory,
)
from tests.factories.sources import DatedFactFactory
from tests.site.people import VISITOR, client_of


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def text(client: Client, address: str) -> str:
    """The text of a page, with single spaces."""
    return text_of(client.get(address).content.decode())


# --- A country --------------------------------------------------------------------------


def test_viet_nam_is_host_to_three_acquiring_parties(content, client):
    response = client.get("/members/countries/vnm/")

    acquiring = {row.acquiring_id for row in response.context["as_host"]}
    page = text_of(response.content.decode())
    assert acquiring == {"JPN", "KOR", "SGP"}
    assert "host Party in 3 agreements" in page
    for name in ("with Japan", "with Republic of Korea", "with Singapore"):
        assert name in page


@pytest.mark.parametrize("code", ["VNM", "Vnm"])
def test_a_code_in_capitals_leads_to_the_country(content, client, code):
    response = client.get(f"/members/countries/{code}/")

    assert (response.status_code, response["Location"]) == (301, "/members/countries/vnm/")


def test_every_number_of_a_country_page_is_that_of_its_source(content, client):
    for code in ("vnm", "jpn", "fji", "che"):
        response = client.get(f"/members/countries/{code}/")
        page, sources = response.content.decode(), response.context["sources"]

        cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', page)}
        assert cited <= set(range(1, len(sources) + 1))
        assert re.findall(r'<li id="source-(\d+)">', page) == [
            str(number) for number in range(1, len(sources) + 1)
        ]
        for row in (*response.context["as_host"], *response.context["as_acquiring"]):
            assert [sources[number - 1] for number in row.source_numbers] == row_sources(row)


def row_sources(row) -> list:
    return list(dict.fromkeys(line.source for line in row.lines if line.source))


def test_a_country_is_called_a_member_only_by_a_row_that_says_so(client, db):
    CountryFactory(iso3="QAA")
    ParticipationFactory(country__iso3="QBB", begins_on=date(2023, 1, 1), note="By letter.")

    unknown, member = (text(client, f"/members/countries/{code}/") for code in ("qaa", "qbb"))

    assert "Whether this country is a member of the partnership" in unknown
    assert "Member of the partnership from 1 January 2023" in member
    assert "By letter." in member


def test_a_group_that_nobody_confirmed_says_so(client, db):
    CountryGroupFactory(country__iso3="QAA", note="Taken from a list.")

    page = text(client, "/members/countries/qaa/")

    assert "Least developed country to confirm" in page
    assert "Taken from a list." in page


def test_a_country_page_names_functions_in_charge_and_no_person(client, db):
    term = FocalTermFactory(country__iso3="QAA", function="recording")
    term.person.name = "Alice Hidden"
    term.person.save()

    page = text(client, "/members/countries/qaa/")

    assert "Contact for recording" in page
    assert "Hidden" not in page
    assert term.person.email not in page


# --- The directory ----------------------------------------------------------------------


def test_every_party_and_institution_stands_in_the_directory_once(content, client):
    page = client.get("/members/").content.decode()

    for path, model in (("countries", Country), ("institutions", Institution)):
        links = re.findall(rf'href="/members/{path}/([a-z0-9-]+)/"', page)
        assert len(links) == len(set(links)) == model._default_manager.count()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=dominica", {"dma", "dom"}),
        ("q=VNM", {"vnm"}),
        ("q=lao pdr", {"lao"}),
        ("q=côte", {"civ"}),
        ("part=acquiring", {"aus", "jpn", "kor", "sgp", "swe", "che"}),
        ("q=xyzzy", set()),
    ],
)
def test_the_directory_can_be_narrowed(content, client, query, codes):
    response = client.get(f"/members/?{query}")

    found = {country.code for _, rows in response.context["regions"] for country in rows}
    assert found == codes
    assert response.context["count"] == len(codes)


@pytest.mark.parametrize("asked", ["IGES", "iges", "global environmental"])
def test_an_institution_is_found_by_its_name_or_short_form(content, asked):
    assert "iges" in institutions(asked=asked).values_list("slug", flat=True)


def test_a_filter_for_countries_hides_institutions(content, client):
    assert client.get("/members/?region=Asia").context["institutions"] == []


# --- Home, about, an institution --------------------------------------------------------


def test_home_says_what_is_new_and_known_and_not_what_is_only_believed(client, db):
    known = AgreementStageFactory(on=date(2023, 5, 1))
    AgreementStageFactory(on=date(2024, 1, 1), is_confirmed=False)
    AgreementStageFactory(on=date(2024, 1, 2), is_report_date=True)
    AgreementStageFactory(on=date(2999, 1, 1))

    assert list(client.get("/").context["newest"]) == [known]


def test_home_counts_the_register_and_what_the_talk_counted(content, client):
    response = client.get("/")

    assert "47 pairs were listed in one talk" in text_of(response.content.decode())
    in_register = client.get("/agreements/").context["all"]
    assert response.context["covered"].items() <= in_register.items()


def test_every_fact_on_home_has_its_source_in_place(content, client):
    response = client.get("/")
    page = text_of(response.content.decode())

    assert len(response.context["facts"]) == 4
    for fact in response.context["facts"]:
        assert f"as of {fact.as_of_text}" in page
        assert fact.source.title in page


def test_membership_is_told_as_a_series_with_its_days(content, client):
    page = text(client, "/about/")

    assert "16 November 2022 40 countries and 23 institutions" in page
    assert "67 countries and institutions together" in page


def test_what_is_not_known_of_an_institution_is_said(client, db):
    InstitutionFactory(slug="unknown")

    assert "Not known" in text(client, "/members/institutions/unknown/")


# --- What it costs ----------------------------------------------------------------------


def fill(number: int) -> None:
    """Rows of every kind around one country and one institution."""
    country = CountryFactory(iso3="QZA")
    institution = InstitutionFactory(slug="one", seat=country)
    for year in range(2000, 2000 + number):
        AgreementStageFactory(agreement=AgreementFactory(host=country))
        AgreementStageFactory(agreement=AgreementFactory(acquiring=country))
        CountryAliasFactory(country=country)
        DatedFactFactory(country=country)
        InstitutionFactory(seat=country)
        chart = CaseChartFactory()
        CaseCountryFactory(case=chart.section.case, country=country)
        chart.section.case.institutions.add(institution)
        CaseFigureFactory(section=chart.section, chart=chart)
        CaseSectionFactory(case=chart.section.case, kind="result", position=2)
        for of in ({"country": country}, {"country": None, "institution": institution}):
            days = {"begins_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
            ParticipationFactory(**of, **days)
    CountryGroupFactory(country=country)


COSTS = {
    "/": 7,
    "/members/": 5,
    "/members/countries/qza/": 9,
    "/members/institutions/one/": 6,
    "/search/": 0,
    "/about/": 4,
}


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_costs_the_same_for_any_number_of_rows(client, db, number):
    fill(number)

    assert costs(client, COSTS) == COSTS


def test_a_visitors_page_asks_for_no_session_and_no_person(db, count_queries):
    client = client_of(VISITOR)
    client.cookies["csrf"] = "x" * 32

    with count_queries(0):
        client.get("/search/")
