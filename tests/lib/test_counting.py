from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from partnership.lib.counting import (
    FEW,
    OTHERS,
    Count,
    Span,
    ends_of_months,
    on_days,
    without_few,
)

MAY, JUNE = date(2024, 5, 27), date(2024, 6, 30)


def test_a_thing_counts_from_its_first_day_through_its_last():
    days = [date(2024, 5, 26), MAY, JUNE, date(2024, 7, 1)]

    counted = on_days([Span(MAY, ("a",), ends=JUNE)], days)

    assert counted == {
        days[0]: Count(0, {}),
        MAY: Count(1, {"a": 1}),
        JUNE: Count(1, {"a": 1}),
        days[3]: Count(0, {}),
    }


def test_a_thing_of_two_parts_counts_once_in_all_and_once_in_each():
    counted = on_days([Span(MAY, ("a", "b")), Span(JUNE, ("b",))], [JUNE])

    assert counted[JUNE] == Count(2, {"a": 1, "b": 2})


def test_a_month_counts_when_it_is_over():
    found = list(ends_of_months(date(2023, 12, 31), date(2024, 3, 30)))

    assert found == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ({}, Count(0, {})),
        ({"QAA": 4}, Count(None, {})),
        ({"QAA": 5}, Count(5, {"QAA": 5})),
        ({"QAA": 9, "QAB": 6, "QAC": 1}, Count(16, {"QAA": 9, OTHERS: 7})),
        ({"QAA": 9, "QAC": 1}, Count(10, {OTHERS: 10})),
        ({"QAA": 9, "QAB": 3, "QAC": 2}, Count(14, {"QAA": 9, OTHERS: 5})),
        ({"QAA": 9, "": 7}, Count(16, {"QAA": 9, OTHERS: 7})),
    ],
)
def test_parts_of_few_people_are_counted_together(people, told):
    assert without_few(people) == told


def test_no_count_of_people_tells_of_fewer_than_five():
    for numbers in product(range(8), repeat=4):
        counted = without_few(dict(zip(["", "QAA", "QAB", "QAC"], numbers, strict=True)))

        assert all(number >= FEW for number in counted.parts.values())
        if counted.total:
            # What is left of the total beside the parts would be a part too.
            assert sum(counted.parts.values()) == counted.total == sum(numbers)
