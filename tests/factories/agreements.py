from __future__ import annotations

from datetime import date

import factory

from partnership.agreements.models import Agreement, AgreementSector, AgreementStage
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory, SourceFactory


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    acquiring = factory.SubFactory(CountryFactory)
    host = factory.SubFactory(CountryFactory)
    series = 1
    slug = factory.LazyAttribute(
        lambda row: Agreement.slug_of(row.acquiring.iso3, row.host.iso3, row.series)
    )


class AgreementStageFactory(factory.django.DjangoModelFactory):
    """A signed treaty that was read in a source."""

    class Meta:
        model = AgreementStage

    agreement = factory.SubFactory(AgreementFactory)
    stage = AgreementStage.Stage.SIGNED
    instrument = AgreementStage.Instrument.BILATERAL
    kind = AgreementStage.Kind.TREATY
    on = date(2022, 3, 1)
    is_confirmed = True
    source = factory.SubFactory(SourceFactory)


class AgreementSectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementSector

    agreement = factory.SubFactory(AgreementFactory)
    sector = factory.SubFactory(SectorFactory)
    source = factory.SubFactory(SourceFactory)
