from __future__ import annotations

from datetime import UTC, date, datetime

import factory

from partnership.information.models import Snapshot


class SnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Snapshot

    series = "agreements"
    day = date(2026, 3, 31)
    total = 7
    parts = factory.LazyFunction(dict)
    taken_at = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
