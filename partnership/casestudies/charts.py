"""Pictures of a case's figures. Pure: takes numbers and words, gives the shapes to draw.

Units are those of the picture's viewBox, 360 wide.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
BAR, GAP, LABEL_X, BAR_X = 22, 12, 0, 64
RING_RADIUS, RING_MIDDLE = 110, 150
MONTHS = 12


@dataclass(frozen=True)
class Bar:
    label: str
    value: str
    y: float
    width: float

    @property
    def text_y(self) -> float:
        return self.y + BAR * 0.7

    @property
    def value_x(self) -> float:
        return BAR_X + self.width + 8


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    height: float
    x: float = BAR_X
    thickness: float = BAR


def bars(figures: Sequence[tuple[str, float, str]]) -> Bars:
    """Horizontal bars from zero: (label, number, number as text)."""
    longest = max((number for _, number, _ in figures), default=0) or 1
    room = WIDTH - BAR_X - 70
    rows = [
        Bar(label, text, index * (BAR + GAP) + 4, round(room * number / longest, 1))
        for index, (label, number, text) in enumerate(figures)
    ]
    return Bars(rows, len(rows) * (BAR + GAP) + 4)


@dataclass(frozen=True)
class Point:
    label: str
    value: str
    x: float
    y: float

    @property
    def value_y(self) -> float:
        return self.y - 14


@dataclass(frozen=True)
class AgainstTarget:
    """Values over time as points, and the line they are measured against."""

    points: list[Point]
    path: str
    target_y: float
    target: str
    floor_y: float
    height: float = 210


def against_target(
    figures: Sequence[tuple[str, float, str]], target: tuple[float, str]
) -> AgainstTarget:
    """The scale spans the values and the target, not from zero: the caption has to say so."""
    numbers = [number for _, number, _ in figures] + [target[0]]
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1

    def y(number: float) -> float:
        return round(40 + 110 * (high - number) / span, 1)

    step = (WIDTH - 140) / max(len(figures) - 1, 1)
    points = [
        Point(label, text, round(70 + step * index, 1), y(number))
        for index, (label, number, text) in enumerate(figures)
    ]
    path = "M" + "L".join(f"{point.x} {point.y}" for point in points)
    return AgainstTarget(points, path, y(target[0]), target[1], 175)


@dataclass(frozen=True)
class Month:
    label: str
    state: str
    is_on: bool
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """The state of most months is filled; `states` counts each, that one first."""

    months: list[Month]
    states: list[tuple[str, int]]
    size: float = 2 * RING_MIDDLE


def ring_of_months(figures: Sequence[tuple[str, str]]) -> Ring:
    """A year as a ring from January at the top: (short name of the month, state)."""
    months = []
    states = Counter(state for _, state in figures).most_common()
    for index, (label, state) in enumerate(figures):
        start, end = _angle(index) + 0.02, _angle(index + 1) - 0.02
        middle = (start + end) / 2
        x, y = _on(RING_RADIUS + 24, middle)
        is_on = state == states[0][0]
        months.append(Month(label, state, is_on, _arc(start, end), x, round(y + 4, 1)))
    return Ring(months, states)


def _angle(month: int) -> float:
    return 2 * math.pi * month / MONTHS - math.pi / 2


def _on(radius: float, angle: float) -> tuple[float, float]:
    return (
        round(RING_MIDDLE + radius * math.cos(angle), 1),
        round(RING_MIDDLE + radius * math.sin(angle), 1),
    )


def _arc(start: float, end: float, thickness: float = 26) -> str:
    outer, inner = RING_RADIUS, RING_RADIUS - thickness
    (ax, ay), (bx, by) = _on(outer, start), _on(outer, end)
    (cx, cy), (dx, dy) = _on(inner, end), _on(inner, start)
    return f"M{ax} {ay}A{outer} {outer} 0 0 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 0 0 {dx} {dy}Z"
