from __future__ import annotations

import factory

from partnership.sources.links import key_of
from partnership.sources.models import Link, LinkUse
from tests.factories.feeds import NOON


class LinkFactory(factory.django.DjangoModelFactory):
    """One that was never looked at and is due. `broken` is one that is not there."""

    class Meta:
        model = Link

    class Params:
        broken = factory.Trait(state="gone", tries=3, since=NOON, error="status_404")

    address = factory.Sequence(lambda n: f"https://page{n}.example/paper")
    address_key = factory.LazyAttribute(lambda row: key_of(row.address))
    next_try_at = NOON


class LinkUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LinkUse

    link = factory.SubFactory(LinkFactory)
    owner = "editors"
    title = factory.Sequence(lambda n: f"Paper {n}")
    page = factory.Sequence(lambda n: f"/desk/sources/paper-{n}/")
