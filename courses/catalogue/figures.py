"""The drawings that lessons name: what they show, worked out, and where each part stands.

A lesson keeps a place for one by a fence called "figure averaging", with its caption as text.
No database, clock or request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.catalogue import thread

WIDTH, FLOOR, TALLEST = 360, 204, 150


@dataclass(frozen=True)
class Year:
    """A bar for what was transferred, a point for the average of all years until then."""

    year: int
    amount: int
    average: float
    left: float
    top: float
    middle: float
    average_y: float

    @property
    def height(self) -> float:
        return FLOOR - self.top


def averaging() -> dict[str, Any]:
    """What is first transferred in each year, and the average that adjusts a target year."""
    step = WIDTH / len(thread.TRANSFERS)
    scale = TALLEST / max(thread.TRANSFERS.values())
    years = []
    for place, (year, amount) in enumerate(thread.TRANSFERS.items()):
        average = thread.AVERAGES[year]
        middle = round((place + 0.5) * step, 1)
        top, average_y = FLOOR - amount * scale, round(FLOOR - average * scale, 1)
        years.append(Year(year, amount, average, middle - 16, top, middle, average_y))
    path = "M" + "L".join(f"{year.middle} {year.average_y}" for year in years)
    told = {"years": years, "last": years[-1], "total": thread.TRANSFERRED}
    return {**told, "path": path, "floor": FLOOR}


def two_books() -> dict[str, Any]:
    """One transfer, its use and what served another purpose: who adds, who subtracts."""
    transferred, used = thread.TRANSFERRED, thread.USED
    return {"transferred": transferred, "used": used, "other": transferred - used}


def block() -> dict[str, Any]:
    """A block of serials that is split: what is used, and what is held."""
    used, held = thread.USED_FIRST, thread.HELD
    split = round(WIDTH * used / thread.SOLAR, 1)
    return {
        **{"last": thread.SOLAR, "used": used, "next": used + 1, "held": held},
        **{"split": split, "rest": WIDTH - split, "of_used": split / 2},
        "of_held": split + (WIDTH - split) / 2,
    }


def issuance() -> dict[str, Any]:
    """What of an issuance goes where, each part as wide as its share of the gross amount."""
    first, second = (round(WIDTH * share, 1) for share in (thread.ADAPTATION, thread.OVERALL))
    return {
        **{"issued": thread.ISSUED, "adaptation": thread.FOR_ADAPTATION},
        **{"overall": thread.CANCELLED, "rest": thread.REMAINS},
        **{"first": first, "second": second},
        **{"begins": first + second, "width": WIDTH - first - second},
    }


def room() -> dict[str, Any]:
    """Emissions and the average of first transfers below a target. The axis does not begin at 0."""
    begins, ends = thread.EXPECTED - 150, thread.TARGET + 50
    scale = WIDTH / (ends - begins)
    average = round(thread.AVERAGES[2030])
    return {
        **{"emissions": thread.EXPECTED, "average": average, "target": thread.TARGET},
        **{"begins": begins, "left": round(thread.TARGET - thread.AVERAGED)},
        **{"until": (thread.EXPECTED - begins) * scale, "added": average * scale},
        **{"line": (thread.TARGET - begins) * scale, "over": round(thread.AVERAGED)},
    }


FIGURES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "averaging": averaging,
    "two-books": two_books,
    "block": block,
    "issuance": issuance,
    "room": room,
}
