"""A series as a picture: where each line, level and label stands. Pure.

Units are those of the picture's viewBox. What was counted holds until it is counted again, so a
line goes in steps; where nothing was counted there is no line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

WIDTH, HEIGHT = 360.0, 200.0
LEFT, RIGHT, TOP, FLOOR = 40.0, 352.0, 14.0, 170.0
MOST_YEARS = 6


class Point(NamedTuple):
    """What was counted on a day. None: something, but fewer people than may be told."""

    day: date
    value: float | Decimal | None


class Tick(NamedTuple):
    x: float
    day: date
    is_year: bool
    anchor: str


class Gap(NamedTuple):
    """From the day after which nothing was counted to the day on which it was again."""

    after: date
    before: date


@dataclass(frozen=True)
class Drawn:
    """The shapes of a picture: paths, lone dots, stretches without a count, levels, days."""

    paths: list[str] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    holes: list[tuple[float, float]] = field(default_factory=list)  # x and width
    levels: list[tuple[float, float]] = field(default_factory=list)  # y and number
    ticks: list[Tick] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    floor: float = FLOOR


def gaps(points: Sequence[Point], *, by_month: bool) -> list[Gap]:
    """Where a day, or of months a month, is missing between two that were counted."""
    return [
        Gap(one.day, next_one.day)
        for one, next_one in pairwise(points)
        if _distance(one.day, next_one.day, by_month=by_month) > 1
    ]


def _distance(one: date, other: date, *, by_month: bool) -> int:
    if by_month:
        return (other.year - one.year) * 12 + other.month - one.month
    return (other - one).days


def steps(points: Sequence[Point], *, by_month: bool = False) -> Drawn:
    """Counts over time, from zero."""
    known = [float(point.value) for point in points if point.value is not None]
    if not known:
        return Drawn()
    level, x_of = _levels(max(known)), _scale(points)
    top = level[-1]
    missing = gaps(points, by_month=by_month)
    drawn = Drawn(levels=[(_y(number, top), number) for number in level], ticks=_ticks(points))
    drawn.holes.extend((x_of(gap.after), x_of(gap.before) - x_of(gap.after)) for gap in missing)
    ends = {gap.after for gap in missing}
    for stretch in _stretches(points, ends):
        places = [(x_of(day), _y(float(value or 0), top)) for day, value in stretch]
        if len(places) == 1:
            drawn.dots.append(places[0])
        else:
            drawn.paths.append(_path(places))
    return drawn


def joined(points: Sequence[Point]) -> Drawn:
    """Values that sources state for single days: dots, and a line that says that it is a guess."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return Drawn()
    numbers = [float(point.value or 0) for point in known]
    level, x_of = _levels(max(numbers)), _scale(known)
    top = level[-1]
    places = [
        (x_of(point.day), _y(number, top)) for point, number in zip(known, numbers, strict=True)
    ]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in places)
    levels = [(_y(number, top), number) for number in level]
    return Drawn(paths=[path], dots=places, levels=levels, ticks=_ticks(known))


def spark(values: Sequence[float], *, width: float = 120, height: float = 24) -> str:
    """A small line without words: one step for each value."""
    if not values:
        return ""
    top, step = max(*values, 1), width / max(len(values) - 1, 1)
    places = [
        (round(index * step, 1), round(height - 1 - (height - 2) * value / top, 1))
        for index, value in enumerate(values)
    ]
    return _path(places)


def _stretches(points: Sequence[Point], ends: set[date]) -> list[list[Point]]:
    """Runs of points that hang together: an untold number and a gap end one."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            found.append([])
            continue
        found[-1].append(point)
        if point.day in ends:
            found.append([])
    return [stretch for stretch in found if stretch]


def _path(places: Sequence[tuple[float, float]]) -> str:
    """To the right as long as nothing changes, then up or down."""
    (x, y), *rest = places
    told = [f"M{x:g} {y:g}"]
    for x, next_y in rest:
        if next_y != y:
            told.append(f"H{x:g}V{next_y:g}")
            y = next_y
    last = places[-1][0]
    return "".join([*told, f"H{last:g}"])


def _y(number: float, top: float) -> float:
    return round(FLOOR - (FLOOR - TOP) * number / top, 1)


class _Scale(NamedTuple):
    first: date
    days: int

    def __call__(self, day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / self.days, 1)


def _scale(points: Sequence[Point]) -> _Scale:
    first, last = points[0].day, points[-1].day
    return _Scale(first, max((last - first).days, 1))


def _levels(most: float) -> list[float]:
    """Zero, and round numbers up to the first that is not below what is drawn; six at most."""
    rough = (most or 1) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * number for number in range(max(ceil(most / step), 1) + 1)]


def _ticks(points: Sequence[Point]) -> list[Tick]:
    """The beginnings of years; of a time with fewer than two of them its first and last day."""
    first, last, x_of = points[0].day, points[-1].day, _scale(points)
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(years) < 2:
        ends = [
            Tick(x_of(first), first, False, "is-start"),
            Tick(x_of(last), last, False, "is-end"),
        ]
        return ends if first != last else ends[:1]
    every = ceil(len(years) / MOST_YEARS)
    return [Tick(x_of(day), day, True, "is-middle") for day in years[::-every][::-1]]
