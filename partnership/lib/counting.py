"""Counts on days, of things that begin and may end; and of people, without the few. Pure."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

# Fewer people than this are not told apart: somebody could be recognised.
FEW = 5
OTHERS = "others"


@dataclass(frozen=True)
class Span:
    """One thing that counts from a day, perhaps to a day, and the parts that it belongs to."""

    begins: date
    parts: Sequence[str] = ()
    ends: date | None = None


class Count(NamedTuple):
    """How many in all, and how many of each part. None: fewer people than may be told."""

    total: int | None
    parts: dict[str, int]


def on_days(spans: Iterable[Span], days: Iterable[date]) -> dict[date, Count]:
    """The count on each of the days. Of a thing that is of two parts each part counts one."""
    changes = sorted(_changes(spans), key=lambda change: change[0])
    found, total, parts, next_one = {}, 0, Counter[str](), 0
    for day in sorted(set(days)):
        until = bisect_right(changes, day, lo=next_one, key=lambda change: change[0])
        for _day, step, keys in changes[next_one:until]:
            total += step
            for key in keys:
                parts[key] += step
        next_one = until
        found[day] = Count(total, {key: parts[key] for key in sorted(parts) if parts[key]})
    return found


def _changes(spans: Iterable[Span]) -> Iterator[tuple[date, int, Sequence[str]]]:
    for span in spans:
        yield span.begins, 1, span.parts
        if span.ends:
            # The last day counts still.
            yield span.ends + timedelta(days=1), -1, span.parts


def without_few(people: Mapping[str, int]) -> Count:
    """People by part; those of parts of fewer than five, or of none, together under `others`.

    What is counted together is never fewer than five itself, else it could be worked out from the
    total: the smallest other parts join it.
    """
    named = [pair for pair in people.items() if pair[0]]
    left = sorted(named, key=lambda pair: (-pair[1], pair[0]))
    together = people.get("", 0)
    while left and (left[-1][1] < FEW or 0 < together < FEW):
        together += left.pop()[1]
    total = sum(people.values())
    if 0 < total < FEW:
        return Count(None, {})
    return Count(total, dict(sorted(left)) | ({OTHERS: together} if together else {}))


def ends_of_months(first: date, last: date) -> Iterator[date]:
    """The last day of each month from one day on, as far as it is over by another."""
    year, month = first.year, first.month
    while (day := date(year, month, calendar.monthrange(year, month)[1])) <= last:
        yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def each_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
