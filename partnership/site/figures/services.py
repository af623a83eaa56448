"""Counting: today, the days before it that are missing, and what has changed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from partnership.information.models import Snapshot
from partnership.jobs import services as jobs
from partnership.lib.counting import Count, Span, each_day, ends_of_months, on_days
from partnership.site.figures.series import SERIES, Series

# The Convention was adopted: a line that is dated before is a slip.
EARLIEST = date(1992, 5, 9)


class Taken(NamedTuple):
    new: int
    changed: int


def ring(*, at: datetime) -> bool:
    """Ask for a count where one of today is missing; whether there was."""
    today = set(Snapshot.objects.filter(day=at.date()).values_list("series", flat=True))
    if today >= set(SERIES):
        return False
    jobs.enqueue("figures.take", at=at)
    return True


def take_all(*, at: datetime) -> None:
    for series in SERIES.values():
        take(series, at=at)


@transaction.atomic
def take(series: Series, *, at: datetime) -> Taken:
    """Keep what a series counts up to now. Done again on the same day it adds nothing."""
    kept = {row.day: row for row in Snapshot.objects.filter(series=series.key)}
    counted = _counted(series, kept, at.date())
    new = [_snapshot(series, day, counted[day], at) for day in counted.keys() - kept.keys()]
    # Another worker may have been here meanwhile: what it wrote stays.
    Snapshot.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    changed = [
        row
        for day, row in kept.items()
        if day in counted and _revise(row, counted[day], series.version)
    ]
    for row in changed:
        row.revised_at = at
    fields = ["total", "parts", "version", "revised_at"]
    Snapshot.objects.bulk_update(changed, fields, batch_size=200)
    return Taken(len(new), len(changed))


def _counted(series: Series, kept: Mapping[date, Snapshot], today: date) -> dict[date, Count]:
    """Of a series with a history all its days; of one without today, unless it was counted."""
    if series.spans is not None:
        spans = series.spans()
        return on_days(spans, {*kept, *_days(spans, kept, today)})
    if series.now is None or today in kept:
        return {}
    return {today: series.now()}


def _days(spans: Iterable[Span], kept: Iterable[date], today: date) -> set[date]:
    """Ends of months since something began, and each day since it was last counted."""
    first = max(min((span.begins for span in spans), default=today), EARLIEST)
    since = max(kept, default=today - timedelta(days=1)) + timedelta(days=1)
    return {*ends_of_months(first, today), *each_day(since, today), today}


def _snapshot(series: Series, day: date, count: Count, at: datetime) -> Snapshot:
    return Snapshot(
        series=series.key,
        day=day,
        total=count.total,
        parts=count.parts,
        version=series.version,
        taken_at=at,
    )


def _revise(row: Snapshot, count: Count, version: int) -> bool:
    """Give a row what was counted now; whether that is another than it had."""
    if (row.total, row.parts, row.version) == (*count, version):
        return False
    (row.total, row.parts), row.version = count, version
    return True
