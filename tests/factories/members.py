from __future__ import annotations

from datetime import date
from string import ascii_uppercase

import factory

from partnership.members.models import (
    Affiliation,
    Country,
    CountryAlias,
    CountryGroup,
    FocalTerm,
    Institution,
    Participation,
)
from tests.factories.accounts import UserFactory
from tests.factories.sources import SourceFactory

LETTERS = ascii_uppercase


def code(number: int) -> str:
    """XAA … XZZ, which ISO leaves to users. Codes in Q are for tests to name: a country that is
    only made up is never one that a test has named.
    """
    return f"X{LETTERS[number // 26 % 26]}{LETTERS[number % 26]}"


def short_code(iso3: str) -> str:
    """Two letters, in small ones for the codes that tests name: unique like the long code."""
    return iso3[1:] if iso3.startswith("X") else iso3[1:].lower()


class CountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("iso3",)

    iso3 = factory.Sequence(code)
    iso2 = factory.LazyAttribute(lambda row: short_code(row.iso3))
    name = factory.LazyAttribute(lambda row: f"Country {row.iso3}")
    region = "Asia"
    subregion = "South-eastern Asia"
    longitude = "105.85"
    latitude = "21.03"
    place = "Capital"
    party_source = factory.SubFactory(SourceFactory, slug="parties")


class CountryAliasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CountryAlias

    country = factory.SubFactory(CountryFactory)
    label = factory.Sequence(lambda n: f"Label {n}")


class CountryGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CountryGroup

    country = factory.SubFactory(CountryFactory)
    group = CountryGroup.Group.LDC
    source = factory.SubFactory(SourceFactory, slug="groups")


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    slug = factory.Sequence(lambda n: f"institute-{n}")
    name = factory.Sequence(lambda n: f"Institute {n}")
    kind = Institution.Kind.RESEARCH
    source = factory.SubFactory(SourceFactory, slug="institutions")


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    country = factory.SubFactory(CountryFactory)
    begins_on = date(2023, 1, 1)
    source = factory.SubFactory(SourceFactory, slug="members")


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)
    begins_on = date(2023, 1, 1)


class FocalTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocalTerm

    person = factory.SubFactory(UserFactory)
    country = factory.SubFactory(CountryFactory)
    function = FocalTerm.Function.POLICY
    begins_on = date(2023, 1, 1)
    ends_on = date(2099, 12, 31)
