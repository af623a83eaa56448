"""What is known of addresses, found for many rows at once."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.sources import queries
from partnership.sources.models import Source
from tests.factories.links import LinkFactory
from tests.factories.sources import SourceFactory

KEPT = {"archived_address": "https://web.archive.example/", "archived_on": date(2022, 12, 16)}


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 12])
def test_all_addresses_are_looked_up_in_one_query_and_within_one(count_queries, many):
    for number in range(many):
        address = f"https://é{number}.example/ü?a=1&b='2'"
        SourceFactory(address=address)
        LinkFactory(address=address, state="good", **KEPT)
    unlinked, bare = SourceFactory(slug="unlinked"), SourceFactory(slug="bare", address="")

    rows = list(Source.objects.all())
    with count_queries(1):
        found = queries.with_links(rows)
    with count_queries(0):
        assert queries.with_links([bare])[0].link is None
    with count_queries(1):
        told = list(queries.with_copies(Source.objects.all()))

    lone = {unlinked.slug, bare.slug}
    assert {row.slug for row in found if row.link is None} == lone
    assert {row.slug for row in told if row.archived_on is None} == lone
    assert {row.link.address == row.address for row in found if row.link} == {True}
    assert {(row.archived_address, row.archived_on) for row in told} == {
        ("", None),
        tuple(KEPT.values()),
    }
