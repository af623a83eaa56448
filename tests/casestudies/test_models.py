from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from partnership.casestudies.models import CaseFigure, CaseSection, CaseStudy
from partnership.lib import clock
from tests.factories.casestudies import (
    CaseChartFactory,
    CaseCountryFactory,
    CaseFigureFactory,
    CaseSectionFactory,
    CaseStudyFactory,
)


def test_a_case_without_a_day_of_publication_is_a_draft(db):
    published = CaseStudyFactory()
    CaseStudyFactory(published_on=None)

    assert list(CaseStudy.objects.published()) == [published]


def test_a_case_is_published_from_its_day_on(db):
    CaseStudyFactory(published_on=clock.now().date() + timedelta(days=1))
    published = CaseStudyFactory(published_on=clock.now().date())

    assert list(CaseStudy.objects.published()) == [published]


def test_a_policy_has_a_year(db):
    with pytest.raises(IntegrityError, match="case_policy_has_a_year"):
        CaseStudyFactory(policy_document="A plan", policy_year=None)


def test_a_country_takes_one_part_in_a_case(db):
    part = CaseCountryFactory()

    with pytest.raises(IntegrityError):
        CaseCountryFactory(case=part.case, country=part.country, part="partner")


def test_a_case_has_each_of_its_five_parts_once(db):
    section = CaseSectionFactory()

    with pytest.raises(IntegrityError):
        CaseSectionFactory(case=section.case, kind=section.kind, position=2)


def test_two_parts_of_a_case_have_different_positions(db):
    section = CaseSectionFactory(kind=CaseSection.Kind.ACTION)

    with pytest.raises(IntegrityError):
        CaseSectionFactory(case=section.case, kind=CaseSection.Kind.RESULT, position=1)


def test_a_part_has_each_chart_once(db):
    chart = CaseChartFactory()

    with pytest.raises(IntegrityError):
        CaseChartFactory(section=chart.section, key=chart.key)


def test_a_part_has_each_figure_once(db):
    figure = CaseFigureFactory()

    with pytest.raises(IntegrityError):
        CaseFigureFactory(section=figure.section, key=figure.key)


def test_a_part_has_one_large_figure(db):
    figure = CaseFigureFactory(is_headline=True)

    with pytest.raises(IntegrityError):
        CaseFigureFactory(section=figure.section, is_headline=True)


def test_a_figure_has_a_number_or_a_text(db):
    with pytest.raises(IntegrityError, match="case_figure_has_a_value"):
        CaseFigureFactory(value_number=None, value_text="")


def test_a_text_is_rendered_whenever_it_is_saved(db):
    section = CaseSectionFactory(text="It was **dear**.")
    section.text = "It was *cheap* <script>alert(1)</script>."

    section.save()

    section.refresh_from_db()
    assert "<em>cheap</em>" in section.html
    assert "<script" not in section.html


@pytest.mark.parametrize(
    ("on", "precision", "text"),
    [
        (date(2022, 12, 16), "day", "16 December 2022"),
        (date(2018, 12, 31), "year", "2018"),
        (date(2018, 6, 30), "month", "June 2018"),
    ],
)
def test_a_figure_tells_its_day_as_far_as_it_is_known(on, precision, text):
    assert CaseFigure(as_of=on, as_of_precision=precision).as_of_text == text
