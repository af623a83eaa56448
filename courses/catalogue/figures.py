"""The drawings that lessons name: what they show, worked out, and where each part stands.

A lesson keeps a place for one by a fence called "figure averaging", with its caption as text.
No database, clock or request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# A host Party whose period runs from 2021: first transfers by vintage, in kt CO2 eq.
PERIOD_BEGAN = 2021
TRANSFERS = {2024: 100, 2025: 200, 2026: 300, 2027: 300, 2028: 300, 2029: 200, 2030: 100}
# One transfer in two books, in kt CO2 eq.
FIRST_TRANSFERRED, USED_TOWARDS_NDC = 1500, 1000

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
    step = WIDTH / len(TRANSFERS)
    scale = TALLEST / max(TRANSFERS.values())
    years, total = [], 0
    for place, (year, amount) in enumerate(TRANSFERS.items()):
        total += amount
        average = total / (year - PERIOD_BEGAN + 1)
        middle = round((place + 0.5) * step, 1)
        top, average_y = FLOOR - amount * scale, round(FLOOR - average * scale, 1)
        years.append(Year(year, amount, average, middle - 16, top, middle, average_y))
    path = "M" + "L".join(f"{year.middle} {year.average_y}" for year in years)
    return {"years": years, "last": years[-1], "total": total, "path": path, "floor": FLOOR}


def two_books() -> dict[str, Any]:
    """One transfer, its use and what served another purpose: who adds, who subtracts."""
    other = FIRST_TRANSFERRED - USED_TOWARDS_NDC
    return {"transferred": FIRST_TRANSFERRED, "used": USED_TOWARDS_NDC, "other": other}


FIGURES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "averaging": averaging,
    "two-books": two_books,
}
