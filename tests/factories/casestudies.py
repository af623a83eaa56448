from __future__ import annotations

from datetime import date

import factory

from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory, SourceFactory


class CaseStudyFactory(factory.django.DjangoModelFactory):
    """A published case."""

    class Meta:
        model = CaseStudy

    slug = factory.Sequence(lambda n: f"case-{n}")
    title = factory.Sequence(lambda n: f"Case {n}")
    summary = "What was done, in a sentence."
    standfirst = "How it began."
    mechanism = "Joint Crediting Mechanism"
    place = "A province"
    started = "2014"
    technology = "Transformers"
    sector = factory.SubFactory(SectorFactory)
    published_on = date(2024, 1, 1)


class CaseCountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseCountry

    case = factory.SubFactory(CaseStudyFactory)
    country = factory.SubFactory(CountryFactory)
    part = CaseCountry.Part.HOST


class CaseSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseSection

    case = factory.SubFactory(CaseStudyFactory)
    kind = CaseSection.Kind.CHALLENGE
    position = 1
    heading = "The challenge"
    text = "It was **dear**."


class CaseChartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseChart

    section = factory.SubFactory(CaseSectionFactory)
    key = factory.Sequence(lambda n: f"chart-{n}")
    kind = CaseChart.Kind.BARS
    title = "Units"


class CaseFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseFigure

    section = factory.SubFactory(CaseSectionFactory)
    key = factory.Sequence(lambda n: f"figure-{n}")
    label = "Units installed"
    value_number = 1618
    scope = CaseFigure.Scope.PROJECT
    as_of = date(2022, 12, 16)
    source = factory.SubFactory(SourceFactory)
