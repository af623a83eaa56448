"""The worked thread of all courses: two Parties that we invented, one solar and one transformer
activity, from idea note to review.

What is given stands first, what follows from it below. A lesson prints only numbers of this file
or of its sources, so that one met in one course returns in the next. No database, clock or request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate

# --- The formulas: 2/CMA.3 annex paragraphs 7 and 8, and the two methodologies ----------------


def balance(emissions: float, first_transferred: float = 0, used: float = 0) -> float:
    """What was only acquired is no part of it."""
    return emissions + first_transferred - used


def years_until(year: int) -> int:
    return year - PERIOD.start + 1


def averages(amounts: Mapping[int, float]) -> dict[int, float]:
    """By year: all amounts since the period began, divided by the years that have passed."""
    sums = accumulate(amounts.values())
    return {year: total / years_until(year) for year, total in zip(amounts, sums, strict=True)}


def block(first: int, last: int) -> int:
    """Both ends count."""
    return last - first + 1


def no_load(losses: Iterable[tuple[float, int]]) -> float:
    """MWh a year that transformers lose idle: watts and units, hours with supply."""
    return sum(watts * units for watts, units in losses) * HOURS * (1 - OUTAGES) / 1e6


# --- What is given -------------------------------------------------------------------------

# Asteria (XAA) is host Party, Borea (XBB) acquires. Amounts of Parties are kt CO2 eq.
PERIOD = range(2021, 2031)
WITHOUT_MEASURES, TARGET, CONDITIONAL = 60_250, 48_200, 45_790
EXPECTED, WHOLE_PERIOD, BUDGET = 48_000, 495_000, 496_800
TRANSFERS = {2024: 100, 2025: 200, 2026: 300, 2027: 300, 2028: 300, 2029: 200, 2030: 100}
BOREA_EXPECTED, BOREA_TARGET = 60_080, 60_000
# The 4 kt of 2025 are the first ITMOs of the solar plant.
USES = {2025: 4, 2028: 146, 2029: 350, 2030: 500}
# Emissions of 2030 that turn out a little higher than expected.
HIGHER_BY = 0.002

# The solar plant: megawatts, MWh a year, tCO2 for each MWh; tonnes that the letter allows.
MEGAWATTS, PLANNED, MONITORED = 8.3, 12_026, 10_703
COAL, DIESEL = 0.797, 0.533
LIMIT, LOWERED, VINTAGES = 50_000, 30_000, range(2024, 2031)
USED_FIRST, REPORTED_BY_BOREA = 4_000, 9_500
# US dollars for a tonne, and the cost of another tonne at home.
PRICE, REPLACEMENT = 12, 25

# The transformers: no-load loss of reference and project in watts, and how many there are.
HOURS, OUTAGES, GRID = 8_760, 0.01, 0.56
TYPES = {"25 kVA": (67, 22, 800), "50 kVA": (108, 36, 500), "160 kVA": (280, 95, 318)}

# Units of the Article 6.4 mechanism at one issuance, and the shares of the gross amount.
ISSUED, ADAPTATION, OVERALL = 20_000, 0.05, 0.02
# Who would like the units that remain: another Party, an airline, a bank at home.
OFFERS = (10_000, 3_600, 5_000)

# From idea note to review: the plant, the transformers, and a larger plant under Article 6.4.
DAYS: Mapping[str, date] = {
    "idea note": date(2023, 1, 16),
    "letter of no objection": date(2023, 2, 13),
    "design validated": date(2023, 11, 20),
    "plant begins": date(2024, 1, 1),
    "request for authorization": date(2024, 6, 3),
    "assessment finished": date(2024, 8, 30),
    "letter XAA-2024-01 and initial report": date(2024, 11, 5),
    "first transfer to Borea": date(2025, 5, 20),
    "first use by Borea": date(2025, 12, 1),
    "annual information for 2025": date(2026, 3, 30),
    "letter XAA-2026-01": date(2026, 3, 5),
    "transformers: issuance": date(2027, 1, 20),
    "transformers: cancellation by an airline": date(2028, 9, 14),
    "Hillside North: prior consideration": date(2025, 3, 3),
    "Hillside North: design and consultation": date(2025, 9, 12),
    "Hillside North: a call": date(2025, 10, 20),
    "Hillside North: approval by the host": date(2025, 11, 10),
    "Hillside North: validation": date(2026, 2, 6),
    "Hillside North: registration": date(2026, 5, 8),
    "Hillside North: verification": date(2027, 3, 12),
    "Hillside North: issuance": date(2027, 5, 3),
}

# --- What follows --------------------------------------------------------------------------

TRANSFERRED, USED = sum(TRANSFERS.values()), sum(USES.values())
AVERAGES, AVERAGES_OF_USE = averages(TRANSFERS), averages(USES)
AVERAGED = balance(EXPECTED, AVERAGES[2030])
BY_TRAJECTORY = balance(EXPECTED, TRANSFERS[2030])
SUMMED = balance(WHOLE_PERIOD, TRANSFERRED)
BOREA_AVERAGED = balance(BOREA_EXPECTED, used=AVERAGES_OF_USE[2030])
BOREA_BY_TRAJECTORY = balance(BOREA_EXPECTED, used=USES[2030])
ROOM = TARGET - EXPECTED
HIGHER = EXPECTED * (1 + HIGHER_BY)

# A part of a tonne is no unit: amounts of activities are rounded to whole tonnes.
SOLAR, SOLAR_SECOND = round(PLANNED * COAL), round(MONITORED * COAL)
TRANSFORMERS_REFERENCE = no_load((row[0], row[2]) for row in TYPES.values()) * GRID
TRANSFORMERS_PROJECT = no_load((row[1], row[2]) for row in TYPES.values()) * GRID
TRANSFORMERS = round(TRANSFORMERS_REFERENCE - TRANSFORMERS_PROJECT)
UNITS = sum(row[2] for row in TYPES.values())

HELD = block(USED_FIRST + 1, SOLAR)
GONE = SOLAR + SOLAR_SECOND
LEFT, LEFT_WHEN_LOWERED = LIMIT - GONE, LOWERED - GONE
PLANNED_IN_ALL = SOLAR * len(VINTAGES)
KEPT_AT_HOME = PLANNED_IN_ALL - LIMIT
# The serials of the transformers follow those of the plant, of the same vintage.
SERIALS_OF_2025 = (SOLAR_SECOND + 1, SOLAR_SECOND + TRANSFORMERS)

FOR_ADAPTATION, CANCELLED = round(ISSUED * ADAPTATION), round(ISSUED * OVERALL)
REMAINS = ISSUED - FOR_ADAPTATION - CANCELLED
