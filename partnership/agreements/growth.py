"""How the register grew: agreements counted on days, and the picture of it. Pure.

On a day an agreement is `dated` if a date of its own was read in a source by then, `unconfirmed` if
its own date was not, `listed` if only lists named it. The units are those of the picture's viewBox.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partnership.lib.dating import last_day

WIDTH, LEFT, RIGHT = 800, 170, 10
TOP, ROW, ROOM, WHOLE_ROOM = 14, 42, 26, 70
MONTHS = 24
STATES = ("dated", "unconfirmed", "listed")


@dataclass(frozen=True)
class Known:
    """Since when an agreement is known in each way."""

    dated: date | None = None
    unconfirmed: date | None = None
    listed: date | None = None

    def state(self, day: date) -> str:
        """The surest way in which it is known on a day; empty where it is not."""
        for name in STATES:
            since = getattr(self, name)
            if since and since <= day:
                return name
        return ""


@dataclass(frozen=True)
class Count:
    dated: int = 0
    unconfirmed: int = 0
    listed: int = 0

    @property
    def total(self) -> int:
        return self.dated + self.unconfirmed + self.listed

    @property
    def is_sure(self) -> bool:
        return self.total == self.dated


def years(known: Sequence[Known], day: date) -> list[date]:
    """The last day of each year since the first agreement, and the day itself at the end."""
    begun = [since for one in known for name in STATES if (since := getattr(one, name))]
    first = min((since for since in begun if since <= day), default=day).year
    return [date(year, 12, 31) for year in range(first, day.year)] + [day]


def months(day: date) -> list[date]:
    """The last days of the months before a day, two years in all, and the day itself."""
    latest = day.year * 12 + day.month - 1
    before = range(latest - MONTHS + 1, latest)
    return [last_day(number // 12, number % 12 + 1) for number in before] + [day]


def counts(known: Iterable[Known], days: Sequence[date]) -> list[Count]:
    """How many are known on each of the days, and how."""
    rows = list(known)
    found = []
    for day in days:
        states = [one.state(day) for one in rows]
        found.append(Count(*(states.count(name) for name in STATES)))
    return found


@dataclass(frozen=True)
class Figure:
    """A number that stands over its bar."""

    text: int
    x: float
    y: float


@dataclass(frozen=True)
class Row:
    """The bars of one Party: a path for each way of being known."""

    label: str
    y: float
    paths: list[tuple[str, str]]
    figures: list[Figure]


@dataclass(frozen=True)
class Growth:
    rows: list[Row]
    ticks: list[tuple[str, float]]
    height: float
    width: float = WIDTH
    right: float = WIDTH - RIGHT
    left: float = LEFT

    @property
    def foot(self) -> float:
        return self.height - 8


def draw(
    counted: Sequence[tuple[str, Sequence[Count]]], names: Sequence[str], *, whole: int = 1
) -> Growth:
    """Bars on one scale for all Parties; the first rows, `whole` of them, have a taller one."""
    rows: list[Row] = []
    base: float = TOP
    for part, room, pitch in (
        (counted[:whole], WHOLE_ROOM, WHOLE_ROOM + 24),
        (counted[whole:], ROOM, ROW),
    ):
        most = max((count.total for _, found in part for count in found), default=0) or 1
        for label, found in part:
            base += pitch
            rows.append(_row(label, found, base, room / most))
    step = (WIDTH - LEFT - RIGHT) / max(len(names), 1)
    ticks = [(name, round(LEFT + step * (at + 0.5), 1)) for at, name in enumerate(names)]
    return Growth(rows, ticks, base + 28)


def _row(label: str, found: Sequence[Count], base: float, scale: float) -> Row:
    step = (WIDTH - LEFT - RIGHT) / len(found)
    thick = round(step * 0.7, 1)
    paths: dict[str, list[str]] = {name: [] for name in STATES}
    figures: list[Figure] = []
    for at, count in enumerate(found):
        x, y = round(LEFT + step * (at + 0.15), 1), base
        for name in STATES:
            if tall := round(getattr(count, name) * scale, 1):
                paths[name].append(f"M{x} {y:.1f}h{thick}v{-tall}h{-thick}z")
                y -= tall
        if count.total and (not at or count.total != found[at - 1].total):
            figures.append(Figure(count.total, round(x + thick / 2, 1), round(y - 4, 1)))
    return Row(label, base, [(name, "".join(part)) for name, part in paths.items()], figures)
