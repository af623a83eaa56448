from __future__ import annotations

import pytest

from partnership.casestudies import queries, telling
from partnership.casestudies.models import CaseFigure, CaseSection
from tests.factories.casestudies import (
    CaseChartFactory,
    CaseCountryFactory,
    CaseFigureFactory,
    CaseSectionFactory,
    CaseStudyFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory, SourceFactory

NATIONAL = CaseFigure.Scope.NATIONAL


def slugs(**wanted: str) -> list[str]:
    return [case.slug for case in queries.cases(**wanted)]


# --- The list ---------------------------------------------------------------------------


def test_cases_come_by_title_and_drafts_not_at_all(db):
    CaseStudyFactory(slug="b", title="B")
    CaseStudyFactory(slug="a", title="A")
    CaseStudyFactory(slug="draft", published_on=None)

    assert slugs() == ["a", "b"]


def test_cases_can_be_narrowed_by_country_sector_and_mechanism(db):
    country, sector = CountryFactory(), SectorFactory(slug="energy")
    both = CaseStudyFactory(slug="both", sector=sector, mechanism="JCM")
    CaseCountryFactory(case=both, country=country)
    CaseCountryFactory(case=CaseStudyFactory(slug="country"), country=country)
    CaseStudyFactory(slug="other", mechanism="JCM")

    assert set(slugs(country=country.iso3)) == {"both", "country"}
    assert slugs(sector="energy") == ["both"]
    assert slugs(mechanism="JCM", country=country.iso3) == ["both"]
    assert set(slugs(mechanism="JCM")) == {"both", "other"}


def test_a_case_of_several_countries_stands_once(db):
    case = CaseStudyFactory(slug="case")
    CaseCountryFactory.create_batch(3, case=case)

    assert slugs() == ["case"]


def test_a_list_shows_only_large_figures_of_the_project_itself(db):
    section = CaseSectionFactory()
    own = CaseFigureFactory(section=section, is_headline=True)
    CaseFigureFactory(section=section)
    result = CaseSectionFactory(case=section.case, kind="result", position=2)
    CaseFigureFactory(section=result, is_headline=True, scope=NATIONAL)

    (case,) = queries.cases()

    assert [f for part in case.sections.all() for f in part.figures.all()] == [own]


def test_only_countries_of_published_cases_can_be_chosen(db):
    part = CaseCountryFactory()
    CaseCountryFactory(case=part.case)
    CaseCountryFactory(case=CaseStudyFactory(), country=part.country)
    CaseCountryFactory(case=CaseStudyFactory(published_on=None))

    assert len(queries.countries_with_cases()) == 2


def test_a_country_has_the_published_cases_it_takes_part_in(db):
    part = CaseCountryFactory()
    CaseCountryFactory(case=CaseStudyFactory(published_on=None), country=part.country)
    CaseCountryFactory()

    assert list(queries.of_country(part.country)) == [part.case]


# --- One case ---------------------------------------------------------------------------


def test_a_draft_cannot_be_had_by_its_address(db):
    draft = CaseStudyFactory(published_on=None)

    assert not queries.whole(draft.slug).exists()


def test_each_source_is_named_once_in_the_order_of_citation(db):
    talk, news = SourceFactory(), SourceFactory()
    section = CaseSectionFactory()
    for position, source in enumerate((news, talk, news)):
        CaseFigureFactory(section=section, source=source, position=position)

    case = queries.whole(section.case.slug).get()

    assert telling.sources_of(case) == [news, talk]


@pytest.mark.parametrize("parts", [1, 5])
def test_a_case_costs_the_same_for_any_number_of_parts_and_figures(db, parts, count_queries):
    case = CaseStudyFactory()
    for position, kind in enumerate(list(CaseSection.Kind)[:parts]):
        section = CaseSectionFactory(case=case, kind=kind, position=position)
        CaseFigureFactory.create_batch(parts, section=section)
        CaseFigureFactory(section=section, chart=CaseChartFactory(section=section))

    with count_queries(7):
        found = queries.whole(case.slug).get()
        figures = [
            (figure.source.title, figure.chart_id)
            for section in found.sections.all()
            for figure in (*section.figures.all(), *section.charts.all(), *found.versions.all())
            if figure in section.figures.all()
        ]

    assert len(figures) == parts * (parts + 1)


# --- Stories ----------------------------------------------------------------------------


def test_a_story_is_told_with_large_and_drawn_figures_of_the_project(db):
    section = CaseSectionFactory()
    large = CaseFigureFactory(section=section, is_headline=True, position=1)
    drawn = CaseFigureFactory(section=section, chart=CaseChartFactory(section=section), position=2)
    CaseFigureFactory(section=section, position=3)
    CaseFigureFactory(
        section=section, chart=CaseChartFactory(section=section), scope=NATIONAL, position=4
    )

    assert queries.stories(2) == [(section.case, [large, drawn])]


def test_no_more_stories_are_told_than_asked_for_and_no_draft(db):
    for title, published_on in (("C", "2024-01-01"), ("A", None), ("B", "2024-01-01")):
        case = CaseStudyFactory(title=title, published_on=published_on)
        CaseFigureFactory(section=CaseSectionFactory(case=case), is_headline=True)

    assert [case.title for case, _ in queries.stories(5)] == ["B", "C"]
    assert [case.title for case, _ in queries.stories(1)] == ["B"]


# --- Search -----------------------------------------------------------------------------


def test_a_case_is_searched_by_its_text_and_countries_and_a_draft_by_nothing(db):
    part = CaseCountryFactory()
    CaseSectionFactory(case=part.case, heading="Dear metal", text="Amorphous cores.")
    CaseStudyFactory(published_on=None)

    (entry,) = queries.search_entries()

    assert (entry.key, entry.address) == (part.case.slug, part.case.get_absolute_url())
    for words in (part.country.name, "Transformers", "Dear metal", "Amorphous cores."):
        assert words in entry.body
