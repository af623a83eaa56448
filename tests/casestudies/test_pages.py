from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from partnership.casestudies.models import CaseChart, CaseFigure, CaseStudy
from partnership.casestudies.pictures import drawn
from partnership.lib.numbers import shown
from tests.factories.casestudies import (
    CaseChartFactory,
    CaseCountryFactory,
    CaseFigureFactory,
    CaseSectionFactory,
    CaseStudyFactory,
)


def page(client: Client, address: str) -> str:
    """The text of a page, with single spaces."""
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return " ".join(html.unescape(text).split())


# --- The two cases of the editorial import ----------------------------------------------


def test_each_case_shows_every_figure(content, client):
    for case in CaseStudy.objects.all():
        text = page(client, case.get_absolute_url())

        for figure in CaseFigure.objects.filter(section__case=case):
            value = shown(figure.value_number) or figure.value_text
            assert f"{figure.label} {figure.qualifier}".strip() in text
            assert value in text


def test_each_figure_of_each_case_leads_to_its_source(content, client):
    for case in CaseStudy.objects.all():
        response = client.get(case.get_absolute_url())
        sources = response.context["sources"]
        figures = re.findall(
            r'<div class="fact.*?</div>|<figure.*?</figure>', response.content.decode(), re.DOTALL
        )

        for figure in CaseFigure.objects.filter(section__case=case).select_related("source"):
            number = sources.index(figure.source) + 1
            told = [part for part in figures if f">{html.escape(figure.label)}<" in part]
            assert any(f'href="#source-{number}"' in part for part in told), figure
            assert f'<li id="source-{number}">' in response.content.decode()


def test_a_national_figure_shown_large_says_that_it_is_not_the_projects(content, client):
    text = page(client, "/case-studies/transformers-viet-nam-lao-pdr/")

    assert "national indicator, not a result of the project" in text


def test_what_is_not_known_of_a_case_is_said(content, client):
    for case in CaseStudy.objects.all():
        text = page(client, case.get_absolute_url())

        assert case.doubts
        assert all(doubt in text for doubt in case.doubts)


# --- Pages ------------------------------------------------------------------------------


def test_the_list_offers_only_what_published_cases_have(client, db):
    shown_case = CaseCountryFactory().case
    draft = CaseCountryFactory(case=CaseStudyFactory(published_on=None, mechanism="Another"))

    form = client.get("/case-studies/").context["form"]

    choices = {name: [value for value, _ in field.choices] for name, field in form.fields.items()}
    assert choices == {
        "country": ["", shown_case.parts.get().country_id],
        "sector": ["", shown_case.sector.slug],
        "mechanism": ["", shown_case.mechanism],
    }
    assert draft.country_id not in choices["country"]


def test_a_draft_is_on_no_page(client, db):
    draft = CaseCountryFactory(case=CaseStudyFactory(published_on=None, title="The hidden case"))

    assert client.get(draft.case.get_absolute_url()).status_code == 404
    for address in ("/", "/case-studies/", draft.country.get_absolute_url(), "/sitemap.xml"):
        assert "hidden case" not in client.get(address).content.decode()
        assert draft.case.slug not in client.get(address).content.decode()


def test_a_site_without_cases_says_how_one_comes_to_be(client, db):
    assert "No case has been published" in page(client, "/case-studies/")


@pytest.mark.parametrize("kind", CaseChart.Kind)
def test_a_chart_without_figures_takes_no_page_down(client, db, kind):
    chart = CaseChartFactory(kind=kind)

    response = client.get(chart.section.case.get_absolute_url())

    assert response.status_code == 200
    assert [part["pictures"] for part in response.context["story"].parts] == [[]]


@pytest.mark.parametrize("kind", CaseChart.Kind)
def test_a_chart_of_one_figure_is_drawn(client, db, kind):
    chart = CaseChartFactory(kind=kind)
    CaseFigureFactory(section=chart.section, chart=chart, value_text="farming", label="April")

    response = client.get(chart.section.case.get_absolute_url())

    assert response.content.decode().count("<figure ") == 1


def test_a_target_is_the_last_figure_of_its_chart(db):
    chart = CaseChartFactory(kind=CaseChart.Kind.TARGET)
    for position, value in enumerate(("7.24", "6.83", "7.2")):
        CaseFigureFactory(section=chart.section, chart=chart, value_number=value, position=position)

    shapes = drawn(chart, list(chart.figures.all()))["drawn"]

    assert ([point.value for point in shapes.points], shapes.target) == (["7.24", "6.83"], "7.2")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_any_number_of_cases(client, rows, count_queries):
    for _ in range(rows):
        part = CaseCountryFactory()
        CaseFigureFactory(section=CaseSectionFactory(case=part.case), is_headline=True)

    with count_queries(7):
        response = client.get("/case-studies/")

    assert len(response.context["cases"]) == rows


@pytest.mark.parametrize("rows", [1, 12])
def test_a_case_costs_the_same_for_any_number_of_figures(client, rows, count_queries):
    section = CaseSectionFactory()
    chart = CaseChartFactory(section=section)
    CaseFigureFactory.create_batch(rows, section=section)
    CaseFigureFactory.create_batch(rows, section=section, chart=chart)

    with count_queries(8):
        response = client.get(section.case.get_absolute_url())

    assert len(response.context["sources"]) == 2 * rows
