from __future__ import annotations

from datetime import date

import factory

from partnership.agreements.cooperation.models import (
    Approach,
    ApproachLine,
    Authorization,
    AuthorizationLine,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory


class ApproachFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Approach

    slug = factory.Sequence(lambda n: f"approach-{n}")
    title = factory.LazyAttribute(lambda row: f"Programme {row.slug}")
    host = factory.SubFactory(CountryFactory)


class ApproachLineFactory(factory.django.DjangoModelFactory):
    """In operation, as somebody read in a source."""

    class Meta:
        model = ApproachLine

    entry = factory.SubFactory(ApproachFactory)
    stage = ApproachLine.Stage.OPERATING
    on = date(2024, 3, 1)
    source = factory.SubFactory(SourceFactory)
    checked_on = date(2024, 4, 1)


class AuthorizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Authorization

    slug = factory.Sequence(lambda n: f"authorization-{n}")
    title = factory.LazyAttribute(lambda row: f"Letter {row.slug}")
    host = factory.SubFactory(CountryFactory)


class AuthorizationLineFactory(factory.django.DjangoModelFactory):
    """Given, as somebody read in a source."""

    class Meta:
        model = AuthorizationLine

    entry = factory.SubFactory(AuthorizationFactory)
    stage = AuthorizationLine.Stage.GIVEN
    on = date(2024, 3, 1)
    source = factory.SubFactory(SourceFactory)
    checked_on = date(2024, 4, 1)
