"""The worked thread: its numbers worked out again, and no lesson that prints another one.

What a lesson has beside the thread is either worked out here or stands in the source it names.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from courses.catalogue import thread
from tests.courses.files import QUESTIONS, WRITTEN

# Not the 2 of CO2, not the digits of a code, not a decision, an Article, a version or an address.
NUMBER = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?(?<!,)")
ASIDE = re.compile(
    r"\]\([^)]*\)|\d+/CMA\.\d+|Article 6\.\d|\b6\.[248]\b(?! kt)|A6-\d+|version 2\.0|\b1\.[01]\b"
)
# Days, months, numbers of paragraphs and small counts; years.
SMALL, YEARS = range(40), range(2000, 2041)

# Worked out in a lesson from numbers of the thread or of the lesson, as it prints them.
WORKED = {
    "A6-101 ambition-gap": {"80": 60_080 - 60_000},
    "A6-101 deciding-what-to-transfer": {
        **{"40,000": 40_000, "40": 40_000 / 1_000, "50": 48_200 - 48_150},
    },
    "A6-101 six-responsibilities": {"50": 48_200 - (48_000 + 150)},
    "A6-101 what-is-an-itmo": {"3,000": 3_000, "2,000": 2_000},
    "A6-201 changing-or-withdrawing": {"15,000": 15_000},
    "A6-201 three-things-are-authorized": {"40,000": 40_000},
    "A6-202 identifiers-and-blocks": {
        **{"4,001": 4_000 + 1, "5,584": 9_585 - 4_001, "3,900": 3_900, "4,100": 4_100},
        "101": 4_000 - 3_900 + 1,
    },
    "A6-202 multi-year-targets": {"9.6": 9_585 / 1_000, "1,800": 496_800 - 495_000},
    "A6-202 one-transfer-two-books": {"80": 60_080 - 60_000},
    "A6-202 registry-options": {"10,000": 10_000},
    "A6-202 single-year-targets": {
        **{"600": 100 + 200 + 300, "900": 600 + 300, "1,200": 900 + 300, "1,400": 1_200 + 200},
        **{"50": 48_200 - 48_150, "48,246": 48_096 + 150, "46": 48_246 - 48_200, "0.2": 0.2},
    },
    "A6-202 the-balance": {"1,200": 1_200, "1,100": 1_200 - 100},
    "A6-203 acting-on-results": {"9,501": 9_500 + 1, "5,500": 9_500 - 4_000},
    "A6-203 five-tables": {"4,001": 4_000 + 1},
    "A6-203 four-reports": {"110": 110},
    "A6-203 how-a-review-runs": {"900": 100 + 200 + 300 + 300},
    "A6-203 typical-errors": {
        **{"3,501": 3_501, "9,580": 9_580, "9,000": 9_000, "3,900": 3_900, "4,100": 4_100},
        **{"85": 9_585 - 9_500, "9,501": 9_500 + 1, "101": 4_000 - 3_900 + 1},
    },
    "A6-204 monitoring-plan": {
        **{"0.89": 10_703 / 12_026, "120": 120, "118": 118, "94": 118 * 0.797},
    },
    "A6-204 reference-and-project-emissions": {
        **{"0.900": 0.9, "10,823": 12_026 * 0.9, "1,238": 10_823 - 9_585},
        "9,584.7": 12_026 * 0.797,
    },
    "A6-204 solar-farm-numbers": {
        **{"9,584.7": 12_026 * 0.797, "1,449": 12_026 / 8.3, "1,411": 23_134 / 16.4},
        **{"1,418": 14_182 / 10, "72,708": 8.3 * 8_760, "0.165": 12_026 / 72_708},
        **{"16.5": 100 * 12_026 / 72_708, "2,000": 2_000, "1,066": 2_000 * 0.533},
        "1,594": 2_000 * 0.797,
    },
    "A6-204 transformers-story": {
        **{"14,965": 1_618 + 4_843 + 4_965 + 2_145 + 1_394, "0.41": 7.24 - 6.83},
        **{"0.37": 7.2 - 6.83, "0.057": 0.41 / 7.24, "5.7": 100 * 0.41 / 7.24},
    },
    "A6-204 transformers-numbers": {
        **{"185": 280 - 95, "1,620.6": 185 * 8_760 * 1_000 / 1e6, "1,000,000": 1e6},
        **{"907.5": 1_620.6 * 0.56, "196,640": 67 * 800 + 108 * 500 + 280 * 318},
        **{"0.99": 1 - 0.01, "1,705.3": 196_640 * 8_760 * 0.99 / 1e6, "58,830": 185 * 318},
        **{"45": 67 - 22, "36,000": 45 * 800, "635.4": 955.0 - 319.6, "50": 50, "160": 160},
    },
    "A6-205 authorized-or-not": {
        **{"13,600": 10_000 + 3_600, "13.6": 13_600 / 1_000, "1.4": 13.6 / 10},
        **{"68": 13.6 * 5, "6.8": 68 / 10, "50": 200 - 150},
    },
    "A6-205 steps-of-the-cycle": {"45": 15 * 3},
    "A6-205 what-happens-at-issuance": {
        **{"93": 100 - 5 - 2, "19,000": 20_000 - 1_000, "380": 19_000 * 0.02, "192": 191.7},
        **{"100,000": 100_000, "5,000": 100_000 * 0.05, "2,000": 100_000 * 0.02},
        **{"93,000": 100_000 - 5_000 - 2_000, "191.7": 9_585 * 0.02, "250,000": 250_000},
    },
    "A6-301 arrangements-in-december-2022": {
        **{"47": 25 + 7 + 7 + 3 + 3 + 2, "98": 57 + 32 + 9},
    },
    "A6-301 gender-and-livelihoods": {"42": 100 * 10 / 24},
    "A6-301 protecting-the-target": {
        **{"2,000": 200 * 10, "50": 200 - 150, "48,246": 48_096 + 150, "46": 48_246 - 48_200},
        **{"115,020": 9_585 * 12, "239,625": 9_585 * 25, "124,605": 9_585 * (25 - 12)},
        "0.2": 0.2,
    },
    "A6-301 three-sides-of-integrity": {"80": 60_080 - 60_000, "0.13": 100 * 80 / 60_080},
}
# As the sources print them.
SOURCED = {
    "A6-101 ambition-gap": "1.5 250 76",
    "A6-204 solar-farm-numbers": "16.4 23,134 14,182",
    "A6-204 transformers-story": "4,843 4,965 2,145 1,394 7.24 6.83 7.2",
    "A6-205 moving-activities": "1,359 118",
    "A6-301 arrangements-in-december-2022": "35 61 39 99 57 32 51",
}

SOURCED_DAYS = {
    date(2024, 11, 24),  # rules as of
    date(2022, 12, 16),  # the talk of the OECC
    date(2017, 1, 30),  # MN_AM003
    date(2023, 9, 2),  # the list of the UNEP Copenhagen Climate Centre
    *(date(2021, 11, 11), date(2022, 1, 10)),  # Switzerland and Dominica
    date(2024, 10, 1),  # the planted error: before its authorization
}
PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
UNIT = r"(?: (?:k?t|h|k?Wh?|MWh?))?"
SUM = re.compile(rf"(?<![\w.,/])({PLAIN}{UNIT}(?: [-+×/] {PLAIN}{UNIT})+) = ({PLAIN})")
DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(calendar.month_name[1:])}) \d{{4}}\b")


def written(number: float, like: str) -> str:
    """As many places after the point as another one has."""
    return f"{number:,.{len(like.partition('.')[2])}f}"


def result_of(told: str) -> float:
    """A chain of sums as a lesson writes it: times and divided by first."""
    terms = re.findall(rf"([-+×/]?) ?({PLAIN})", re.sub(r" [a-zA-Z]+", "", told))
    total, product = 0.0, 0.0
    for sign, text in terms:
        number = float(text.replace(",", ""))
        if sign == "×":
            product *= number
        elif sign == "/":
            product /= number
        else:
            total, product = total + product, -number if sign == "-" else number
    return total + product


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        yield from (number for one in value.values() for number in numbers(one))
    elif isinstance(value, list | tuple):
        yield from (number for one in value for number in numbers(one))
    elif isinstance(value, int | float):
        yield value


OF_THE_THREAD = {
    text
    for name, value in vars(thread).items()
    if name.isupper()
    for number in numbers(value)
    for text in (f"{number:,}", *(f"{number:,.{places}f}" for places in range(3)))
}


def printed(name: str) -> set[str]:
    text = ASIDE.sub(" ", WRITTEN[name])
    found = {number for number in NUMBER.findall(text) if "." in number or "," in number}
    whole = {number for number in NUMBER.findall(text) if number.isdigit()}
    return found | {n for n in whole if int(n) not in SMALL and int(n) not in YEARS}


def days(text: str) -> Iterator[date]:
    for found in DAY.finditer(text):
        yield datetime.strptime(found[0], "%d %B %Y").replace(tzinfo=UTC).date()


def test_a_lesson_tells_no_day_that_is_neither_of_the_thread_nor_of_a_source():
    known = {*thread.DAYS.values(), *SOURCED_DAYS}

    # Annual information is due on 15 April, whatever the year; holdings are those of 31 December.
    strange = {
        (name, day)
        for name, text in WRITTEN.items()
        for day in days(text)
        if day not in known and (day.month, day.day) not in {(4, 15), (12, 31)}
    }
    assert strange == set()


def test_the_thread_goes_from_idea_note_to_issuance_in_the_order_of_its_steps():
    for activity in ("transformers", "Hillside North"):
        steps = [day for name, day in thread.DAYS.items() if name.startswith(activity)]
        assert steps == sorted(steps)
    assert list(thread.DAYS.values())[:10] == sorted(list(thread.DAYS.values())[:10])
    assert thread.DAYS["letter XAA-2026-01"] < thread.DAYS["transformers: issuance"]


def test_what_follows_in_the_thread_is_what_the_formulas_give():
    t = thread
    assert (t.TRANSFERRED, t.USED) == (1_500, 1_000)
    assert [round(n, 1) for n in t.AVERAGES.values()] == [25, 60, 100, 128.6, 150, 155.6, 150]
    assert [round(n, 2) for n in t.AVERAGES_OF_USE.values()] == [0.8, 18.75, 55.56, 100]
    assert (t.AVERAGED, t.BY_TRAJECTORY, t.SUMMED) == (48_000 + 150, 48_000 + 100, 495_000 + 1_500)
    assert (t.BOREA_AVERAGED, t.BOREA_BY_TRAJECTORY) == (60_080 - 100, 60_080 - 500)
    assert (t.ROOM, round(t.HIGHER)) == (200, 48_096)
    assert (0.8 * 60_250, round(0.76 * 60_250)) == (t.TARGET, t.CONDITIONAL)
    assert (t.SOLAR, t.SOLAR_SECOND, t.HELD) == (9_585, 8_530, 5_585)
    assert (round(t.TRANSFORMERS_REFERENCE, 1), round(t.TRANSFORMERS_PROJECT, 1)) == (955, 319.6)
    assert (t.TRANSFORMERS, t.UNITS, t.SERIALS_OF_2025) == (635, 1_618, (8_531, 9_165))
    assert (t.GONE, t.LEFT, t.LEFT_WHEN_LOWERED) == (18_115, 31_885, 11_885)
    assert (t.PLANNED_IN_ALL, t.KEPT_AT_HOME) == (67_095, 17_095)
    assert (t.FOR_ADAPTATION, t.CANCELLED, t.REMAINS) == (1_000, 400, 18_600)
    assert sum(t.OFFERS) == t.REMAINS


def test_the_tonnes_of_the_activities_lie_within_those_of_their_party():
    assert thread.TRANSFERS[2024] * 1_000 >= thread.SOLAR
    assert thread.TRANSFERS[2025] * 1_000 >= thread.SOLAR_SECOND + thread.TRANSFORMERS
    assert thread.USES[2025] * 1_000 == thread.USED_FIRST
    assert thread.block(1, thread.SOLAR) == thread.USED_FIRST + thread.HELD
    assert thread.block(*thread.SERIALS_OF_2025) == thread.TRANSFORMERS


@pytest.mark.parametrize("name", WORKED)
def test_what_a_lesson_works_out_is_what_it_prints(name):
    told = printed(name)

    wrong = {text for text, number in WORKED[name].items() if written(number, text) != text}
    assert (wrong, WORKED[name].keys() - told) == (set(), set())


def test_every_sum_that_a_lesson_or_a_question_shows_comes_out():
    told = {**WRITTEN, **{key: row["explanation"] for key, row in QUESTIONS.items()}}
    sums = [(name, *found) for name, text in told.items() for found in SUM.findall(text)]

    wrong = [one for one in sums if written(result_of(one[1]), one[2]) != one[2]]
    assert wrong == []
    assert len(sums) > 80


def test_a_lesson_prints_no_number_from_elsewhere():
    elsewhere = {
        name: strange
        for name in WRITTEN
        if (
            strange := printed(name)
            - {text.replace(",", "") for text in OF_THE_THREAD}
            - OF_THE_THREAD
            - set(WORKED.get(name, ()))
            - set(SOURCED.get(name, "").split())
        )
    }

    assert elsewhere == {}
