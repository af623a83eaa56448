"""Every worked number of the courses, computed again by the formulas of the guidance.

The formulas are those of 2/CMA.3 annex paragraphs 7 to 9 and of the two JCM methodologies. A number
of a lesson that is neither given nor computed here fails the last test.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate

import pytest

from tests.courses.files import QUESTIONS, TEXTS

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
USES = {2028: 150, 2029: 350, 2030: 500}
HOST = {"emissions": 48_000, "target": 48_200, "whole period": 495_000, "budget": 496_800}
USER = {"emissions": 60_080, "target": 60_000}
TYPES = [(67, 22, 800), (108, 36, 500), (280, 95, 318)]
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


TRANSFERRED, USED = sum(TRANSFERS.values()), sum(USES.values())
HOST_AVERAGED = balance(HOST["emissions"], average(TRANSFERS.values(), len(PERIOD)))
HOST_BY_YEAR = balance(HOST["emissions"], TRANSFERS[2030])
HOST_SUMMED = balance(HOST["whole period"], TRANSFERRED)
USER_AVERAGED = balance(USER["emissions"], used=average(USES.values(), len(PERIOD)))
USER_BY_YEAR = balance(USER["emissions"], used=USES[2030])
GENERATION = 9585 / COAL
REFERENCE = sum(no_load(row[0], HOURS, row[2], GRID, 0.01) for row in TYPES)
PROJECT = sum(no_load(row[1], HOURS, row[2], GRID, 0.01) for row in TYPES)

DERIVED = {
    "A6-202 identifiers-and-blocks": [written(block(4001, 9585))],
    "A6-202 single-year-targets": [
        *(written(total) for total in accumulate(TRANSFERS.values())),
        *(str(years_until(year)) for year in TRANSFERS),
        *(written(number, 1) for number in averages(TRANSFERS)),
        written(HOST_AVERAGED),
        written(HOST["target"] - HOST_AVERAGED),
        written(HOST_BY_YEAR),
        written(TRANSFERRED),
    ],
    "A6-202 multi-year-targets": [
        written(TRANSFERRED),
        written(HOST_SUMMED),
        written(HOST["budget"] - HOST_SUMMED),
    ],
    "A6-202 one-transfer-two-books": [
        written(TRANSFERRED),
        written(USED),
        *("18.75", "55.56", "100.0"),
        written(average(USES.values(), len(PERIOD))),
        written(USER_AVERAGED),
        written(USER["target"] - USER_AVERAGED),
        written(USER_BY_YEAR),
        written(TRANSFERRED - USED),
    ],
    "A6-204 solar-farm-numbers": [
        written(GENERATION),
        written(12_026 * COAL, 1),
        written(12_026 / 8.3),
        written(12_026 / (8.3 * HOURS) * 100, 1),
        written(23_134 / 16.4),
        written(14_182 / 10),
    ],
    "A6-204 transformers-story": [written(7.24 - 6.83, 2), written(7.2 - 6.83, 2)],
    "A6-204 transformers-numbers": [
        str(280 - 95),
        written(no_load(280 - 95, HOURS, 1000, 1), 1),
        written(no_load(280 - 95, HOURS, 1000, GRID), 1),
        written(REFERENCE, 1),
        written(PROJECT, 1),
        written(reduction(REFERENCE, PROJECT), 1),
        written(sum(units for _, _, units in TYPES)),
    ],
    "A6-205 what-happens-at-issuance": [
        written(100_000 * 0.05),
        written(100_000 * 0.02),
        written(100_000 - 100_000 * 0.05 - 100_000 * 0.02),
    ],
    "A6-301 arrangements-in-december-2022": [str(sum(PAIRS.values()))],
}
GIVEN = {
    "A6-202 identifiers-and-blocks": "4,001 9,585 1 2024",
    "A6-202 single-year-targets": "2021 2024 2025 2026 2027 2028 2029 2030 100 200 300 48,000 "
    "48,200",
    "A6-202 multi-year-targets": "495,000 496,800",
    "A6-202 one-transfer-two-books": "2021 2028 2029 2030 150 350 500 60,080 60,000",
    "A6-204 solar-farm-numbers": "0.797 0.533 9,585 8.3 16.4 23,134 10 14,182",
    "A6-204 transformers-story": "2014 1,618 4,843 4,965 2,145 1,394 7.24 2017 6.83 2018 7.2",
    "A6-204 transformers-numbers": "280 95 1,000 8,760 0.56 1 25 67 22 800 50 108 36 500 160 318",
    "A6-205 what-happens-at-issuance": "5 2 100,000 6.2 6.4",
    "A6-301 arrangements-in-december-2022": "16 2022 2023 2024 2025 25 7 3 2 35 6",
}
# Not the 2 of CO2 and not the digits of a code.
NUMBER = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?<!,)")


@pytest.mark.parametrize("lesson", DERIVED)
def test_a_lesson_prints_what_the_formulas_give(lesson):
    printed = NUMBER.findall(TEXTS[lesson])

    assert [number for number in DERIVED[lesson] if number not in printed] == []


@pytest.mark.parametrize("lesson", DERIVED)
def test_a_lesson_prints_no_number_that_is_neither_given_nor_computed(lesson):
    known = {*DERIVED[lesson], *GIVEN[lesson].split()}

    assert {number for number in NUMBER.findall(TEXTS[lesson]) if number not in known} == set()


def test_the_averages_of_the_user_are_those_of_the_table():
    assert [f"{number:.2f}" for number in averages(USES)] == ["18.75", "55.56", "100.00"]


def test_what_the_host_adds_is_what_the_user_subtracts_and_what_airlines_cancelled():
    assert TRANSFERRED - USED == 500


def test_the_generation_worked_out_gives_the_reduction_that_is_printed():
    assert round(round(GENERATION) * COAL) == 9585


def test_the_first_step_has_as_many_units_as_the_types_of_the_example():
    assert sum(units for _, _, units in TYPES) == STEPS[0]


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
    "a6-203-q07": 12_000 + 9_585 - 4_000 - 2_500,
    "a6-204-q02": reduction(12_026 * COAL),
    "a6-204-q03": 12_026 / (8.3 * HOURS) * 100,
    "a6-204-q04": reduction(2_000 * DIESEL),
    "a6-204-q06": reduction(no_load(280, HOURS, 1000, GRID), no_load(95, HOURS, 1000, GRID)),
    "a6-204-q07": sum(STEPS),
    "a6-204-q08": 7.24 - 6.83,
    "a6-205-q02": 250_000 * 0.05,
    "a6-205-q03": 250_000 * 0.02,
    "a6-205-q04": 250_000 - 250_000 * 0.05 - 250_000 * 0.02,
    "a6-301-q03": sum(PAIRS.values()),
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


@pytest.mark.parametrize("key", ANSWERS)
def test_the_key_is_what_the_formula_gives(key):
    row = QUESTIONS[key]
    right, places = Decimal(row["number"]), -Decimal(row["number"]).as_tuple().exponent

    computed = Decimal(repr(round(ANSWERS[key], places)))
    assert computed == right
    assert abs(Decimal(repr(float(ANSWERS[key]))) - right) <= max(
        Decimal(row["tolerance"]), Decimal("1e-9")
    )


@pytest.mark.parametrize("key", ANSWERS)
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


def test_the_indicator_that_is_right_is_the_one_computed():
    right = [
        choice["text"] for choice in QUESTIONS["a6-202-q09"]["options"] if "is_right" in choice
    ]

    assert right == [f"{written(1_200 - 100)} GWh"]
