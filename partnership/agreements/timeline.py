"""The lines of an agreement on an axis of years, each as exactly as its date is known. Pure.

The units are those of the picture's viewBox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partnership.lib.dating import Precision

WIDTH, EDGE, TOP, ROW = 640, 16, 14, 24
MOST_TICKS = 12


@dataclass(frozen=True)
class Event:
    """What a line says, from when to when it may have been, and how sure that is."""

    label: str
    on: date
    precision: str
    style: str


@dataclass(frozen=True)
class Mark:
    label: str
    style: str
    x: float
    since: float
    y: float
    is_before: bool

    @property
    def text_x(self) -> float:
        return self.since - 12 if self.is_before else self.x + 12

    @property
    def baseline(self) -> float:
        return self.y + 4

    @property
    def is_stretch(self) -> bool:
        return self.x - self.since > 6


@dataclass(frozen=True)
class Timeline:
    marks: list[Mark]
    ticks: list[tuple[int, float]]
    height: float
    width: float = WIDTH

    @property
    def floor(self) -> float:
        return self.height - 22

    @property
    def foot(self) -> float:
        return self.height - 6


def draw(events: Sequence[Event]) -> Timeline | None:
    """One row for each event, in their order; nothing where there is only one."""
    if len(events) < 2:
        return None
    first = min(_begins(event) for event in events).year
    last = max(event.on for event in events).year + 1
    start, days = date(first, 1, 1), (date(last, 1, 1) - date(first, 1, 1)).days

    def x(day: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (day - start).days / days, 1)

    marks = [
        Mark(
            event.label,
            event.style,
            x(event.on),
            x(_begins(event)),
            TOP + ROW * at,
            x(event.on) > WIDTH * 0.6,
        )
        for at, event in enumerate(events)
    ]
    every = -(-(last - first) // MOST_TICKS)
    ticks = [(year, x(date(year, 1, 1))) for year in range(first, last + 1, every)]
    return Timeline(marks, ticks, TOP + ROW * len(events) + 26)


def _begins(event: Event) -> date:
    """The first day that it may have been: a month or a year counts from its last."""
    if event.precision == Precision.YEAR:
        return event.on.replace(month=1, day=1)
    return event.on.replace(day=1) if event.precision == Precision.MONTH else event.on
