"""Every number that a question asks for, computed again by the formulas of the guidance.

The formulas are those of 2/CMA.3 annex paragraphs 7 to 9 and of the two JCM methodologies. Those of
the lessons stand in `tests/courses/catalogue/test_thread.py`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate

import pytest

from courses.catalogue import thread
from tests.courses.files import QUESTIONS
from tests.each import of_each

# --- The formulas ---------------------------------------------------------------------------


def balance(emissions, first_transferred=0, used=0):
    """Acquisition is no part of it."""
    return emissions + first_transferred - used


def average(amounts, years):
    return sum(amounts) / years


def block(first, last):
    return last - first + 1


def reduction(reference, project=0):
    return reference - project


def no_load(watts, hours, units, factor, outages=0):
    """tCO2: watts times hours, divided by a million, are megawatt-hours."""
    return watts * hours * (1 - outages) * units * factor / 1e6


# --- What is given, in kt CO2 eq, W, MWh --------------------------------------------------

PERIOD = range(2021, 2031)
TRANSFERS = {2024: 100, 2025: 200, 2026: 300, 2027: 300, 2028: 300, 2029: 200, 2030: 100}
STEPS = [1618, 4843, 4965, 2145, 1394]
PAIRS = {"Japan": 25, "Singapore": 7, "Switzerland": 7, "Korea": 3, "Sweden": 3, "Australia": 2}
HOURS, GRID = 8760, 0.56
COAL, DIESEL = 0.797, 0.533


def years_until(year):
    return year - PERIOD.start + 1


def averages(amounts):
    """The average that applies in each year, over the years that have passed by then."""
    sums = accumulate(amounts.values())
    return [total / years_until(year) for year, total in zip(amounts, sums, strict=True)]


def written(number, places=0):
    return f"{number:,.{places}f}"


# Not the 2 of CO2 and not the digits of a code.
NUMBER = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?<!,)")


# --- Questions ------------------------------------------------------------------------------

# The right answer by formula, before it is rounded as the question prints it.
ANSWERS = {
    "a6-101-q07": 40,
    "a6-201-q10": 50_000 - 18_400 - 9_585,
    "a6-202-q02": block(4001, 9585),
    "a6-202-q04": average([840], years_until(2027)),
    "a6-202-q05": balance(31_500, average([840], years_until(2027))),
    "a6-202-q06": balance(60_080, used=average([1000], len(PERIOD))),
    "a6-202-q10": 496_800 - balance(495_000, 1_500),
    "a6-202-q12": balance(52_400, average([100, 200, 300], years_until(2026))),
    "a6-203-q07": 12_000 + 9_585 - 4_000 - 2_500,
    "a6-204-q02": reduction(12_026 * COAL),
    "a6-204-q03": 12_026 / (8.3 * HOURS) * 100,
    "a6-204-q04": reduction(2_000 * DIESEL),
    "a6-204-q06": reduction(no_load(280, HOURS, 1000, GRID), no_load(95, HOURS, 1000, GRID)),
    "a6-204-q07": sum(STEPS),
    "a6-204-q08": 7.24 - 6.83,
    "a6-204-q12": reduction(10_703 * COAL),
    "a6-205-q02": 250_000 * 0.05,
    "a6-205-q03": 250_000 * 0.02,
    "a6-205-q04": 250_000 - 250_000 * 0.05 - 250_000 * 0.02,
    "a6-301-q03": sum(PAIRS.values()),
    "a6-101-q17": 31_700 - balance(31_500),
    "a6-201-q17": 25_000 - 9_585 - 8_530,
    "a6-202-q16": 1_200 - 700 - 350,
    "a6-204-q17": 95 * HOURS / 1_000,
    "a6-205-q14": 5 * 3,
    "a6-205-q18": balance(48_150, average([13.6] * 5, len(PERIOD))),
    "a6-205-q19": 20_000 * 0.05 + 20_000 * 0.02,
    # Self-checks, most of them from the worked thread.
    "a6-101-s05": 48_200 - balance(48_000, 150),
    "a6-201-s04": 50_000 - 9_585 - 8_530,
    "a6-201-s06": 30_000 - 9_585 - 8_530,
    "a6-202-s02": block(8_531, 9_165),
    "a6-202-s04": average([100, 200], years_until(2025)),
    "a6-202-s05": 496_800 - 495_000,
    "a6-203-s03": 9_585 - 4_000,
    "a6-203-s04": block(3_900, 4_000),
    "a6-203-s06": 9_585 - 4_000,
    "a6-204-s01": reduction(955.0, 319.6),
    "a6-204-s04": 14_182 / 10,
    "a6-204-s05": (108 - 36) * 500,
    "a6-205-s03": 20_000 - 20_000 * 0.05 - 20_000 * 0.02,
    "a6-205-s04": 10_000 + 3_600,
    "a6-301-s02": balance(48_096, average(TRANSFERS.values(), len(PERIOD))) - 48_200,
}
SAID = {
    "a6-202-q09": [written(1_200 - 100)],
    "a6-203-q06": [written(9_585 - 9_500)],
    "a6-301-q14": [written(9_585 - 9_500)],
    "a6-204-q02": [written(12_026 * COAL, 1)],
    "a6-204-q03": [written(12_026 / (8.3 * HOURS), 4)],
    "a6-204-q06": [written(185 * HOURS * 1000 / 1e6, 1)],
}


def test_every_question_that_asks_for_a_number_is_computed_here():
    numbers = {key for key, row in QUESTIONS.items() if row["kind"] == "number"}

    assert set(ANSWERS) == numbers


@of_each(list(ANSWERS))
def test_the_key_is_what_the_formula_gives(key):
    row = QUESTIONS[key]
    right, places = Decimal(row["number"]), -Decimal(row["number"]).as_tuple().exponent

    computed = Decimal(repr(round(ANSWERS[key], places)))
    assert computed == right
    assert abs(Decimal(repr(float(ANSWERS[key]))) - right) <= max(
        Decimal(row["tolerance"]), Decimal("1e-9")
    )


@of_each(list(ANSWERS))
def test_the_explanation_ends_at_the_number_of_the_key(key):
    number = Decimal(QUESTIONS[key]["number"])
    told = {
        Decimal(text.replace(",", "")) for text in NUMBER.findall(QUESTIONS[key]["explanation"])
    }
    told |= {100 * text for text in told if text < 1}

    assert any(abs(text - number) <= Decimal("0.5") for text in told)


@pytest.mark.parametrize("key", SAID)
def test_an_explanation_prints_what_the_formula_gives(key):
    printed = NUMBER.findall(QUESTIONS[key]["explanation"])

    assert [number for number in SAID[key] if number not in printed] == []


def test_the_cases_of_the_mechanism_are_those_of_the_worked_thread():
    """Steps, units and tonnes of Hillside North, worked out by the thread."""
    cases = {key: row["prompt"] for key, row in QUESTIONS.items() if key.startswith("a6-205")}
    days = {name: f"{day.day} {day:%B %Y}" for name, day in thread.DAYS.items()}
    of_north = {name.partition(": ")[2]: day for name, day in days.items() if "North" in name}
    steps = dict(re.findall(r"\| ([A-Z][\w ]+) \| (\d+ \w+ \d+) \|", cases["a6-205-q12"]))
    right = [row["text"] for row in QUESTIONS["a6-205-q17"]["options"] if row.get("is_right")]

    assert steps == {
        "Prior consideration": of_north["prior consideration"],
        "Design and consultation": of_north["design and consultation"],
    }
    assert f"on {of_north['a call']}:" in cases["a6-205-q12"]
    assert f"issued on {of_north['issuance']}" in cases["a6-205-q17"]
    assert written(thread.REMAINS) in cases["a6-205-q17"]
    assert any(text.endswith(written(thread.OFFERS[1])) for text in right)
    assert f"{written(thread.AVERAGED)} kt" in cases["a6-205-q18"]
    assert f"{written(sum(thread.OFFERS[:2]))} t" in cases["a6-205-q18"]
    assert Decimal(QUESTIONS["a6-205-q19"]["number"]) == thread.ISSUED - thread.REMAINS


def test_the_indicator_that_is_right_is_the_one_computed():
    right = [
        choice["text"] for choice in QUESTIONS["a6-202-q09"]["options"] if "is_right" in choice
    ]

    assert right == [f"{written(1_200 - 100)} GWh"]
