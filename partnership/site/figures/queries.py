"""Reads over what was counted, each in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from partnership.information.models import Snapshot
from partnership.site.figures.series import SERIES

# Longer than this a picture shows one count of each month.
MOST_DAYS = timedelta(days=100)


def newest() -> dict[str, Snapshot]:
    """The newest count of each series that there is one of."""
    rows = Snapshot.objects.filter(series__in=SERIES)
    last = list(rows.order_by().values_list("series").annotate(last=Max("day")))
    if not last:
        return {}
    wanted = reduce(or_, (Q(series=series, day=day) for series, day in last))
    return {row.series: row for row in Snapshot.objects.filter(wanted)}


def of_series(key: str, wanted: dict[str, Any]) -> QuerySet[Snapshot]:
    """What was counted of a series in a time, the oldest first."""
    return snapshots({**wanted, "series": key}).order_by("day")


def snapshots(wanted: dict[str, Any]) -> QuerySet[Snapshot]:
    """What was counted of the series there are, each from its first day on."""
    rows = Snapshot.objects.filter(series__in=SERIES)
    if key := wanted.get("series"):
        rows = rows.filter(series=key)
    if since := wanted.get("since"):
        rows = rows.filter(day__gte=since)
    if until := wanted.get("until"):
        rows = rows.filter(day__lte=until)
    return rows.order_by("series", "day")


def thinned(rows: QuerySet[Snapshot]) -> tuple[list[Snapshot], bool]:
    """All of a short time; of a long one the last count of each month, and whether it is so."""
    days = rows.order_by().values_list("day", flat=True)
    first, last = days.order_by("day").first(), days.order_by("-day").first()
    if first is None or last is None or last - first <= MOST_DAYS:
        return list(rows), False
    return list(rows.filter(day__in=_last_of_months(rows))), True


def by_month() -> dict[str, list[Snapshot]]:
    """Of every series the counts of the last days of months, for the small pictures of a list."""
    rows = Snapshot.objects.filter(series__in=SERIES)
    found: dict[str, list[Snapshot]] = defaultdict(list)
    for row in rows.filter(day__in=_last_of_months(rows)).order_by("day").defer("parts"):
        found[row.series].append(row)
    return found


def _last_of_months(rows: QuerySet[Snapshot]) -> QuerySet:
    months = rows.order_by().annotate(month=TruncMonth("day")).values("month")
    return months.annotate(last=Max("day")).values("last")
