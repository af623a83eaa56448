from __future__ import annotations

from datetime import UTC, datetime

import factory

from partnership.information.feeds.addresses import hashed, key_of
from partnership.information.models import Feed, Item

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class FeedFactory(factory.django.DjangoModelFactory):
    """A feed that was never asked and is due."""

    class Meta:
        model = Feed

    slug = factory.Sequence(lambda n: f"feed-{n}")
    title = factory.LazyAttribute(lambda row: f"News of {row.slug}")
    address = factory.LazyAttribute(lambda row: f"https://{row.slug}.example/feed.xml")
    created_at = next_try_at = NOON


class ItemFactory(factory.django.DjangoModelFactory):
    """One that waits for a person. `decided` is an accepted one."""

    class Meta:
        model = Item

    class Params:
        decided = factory.Trait(state="accepted", decided_at=NOON)

    feed = factory.SubFactory(FeedFactory)
    title = factory.Sequence(lambda n: f"Item {n}")
    address = factory.Sequence(lambda n: f"https://news.example/{n}")
    found_at = NOON
    identity = factory.LazyAttribute(lambda row: hashed("address", row.address_key))
    address_key = factory.LazyAttribute(lambda row: key_of(row.address))
