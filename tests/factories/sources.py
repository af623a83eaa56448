from __future__ import annotations

from datetime import date

import factory

from partnership.sources.models import DatedFact, Sector, Source


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.LazyAttribute(lambda row: f"Report {row.slug}")
    publisher = "A ministry"
    address = factory.LazyAttribute(lambda row: f"https://ministry.example/{row.slug}")
    published_on = date(2023, 5, 4)

    @classmethod
    def _create(cls, model_class, *args, **values):
        """The next of the row is new: only what has a name of its own may be there already."""
        if values["slug"].startswith("source-"):
            return model_class.objects.create(**values)
        return super()._create(model_class, *args, **values)


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector

    slug = factory.Sequence(lambda n: f"sector-{n}")
    name = factory.Sequence(lambda n: f"Sector {n}")
    source = factory.SubFactory(SourceFactory)


class DatedFactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DatedFact

    key = factory.Sequence(lambda n: f"fact-{n}")
    topic = "cooperation"
    label = "Parties that plan to cooperate"
    value_number = 76
    unit = "%"
    as_of = date(2022, 12, 31)
    source = factory.SubFactory(SourceFactory)
