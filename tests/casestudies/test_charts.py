from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.casestudies import charts
from partnership.casestudies.charts import against_target, bars, ring_of_months

numbers = st.floats(0, 1e9)
YEAR = [("Jan", "frozen"), ("Feb", "frozen"), ("Mar", "frozen")]
YEAR += [(month, "farming") for month in "Apr May Jun Jul Aug Sep Oct".split()]  # noqa: SIM905
YEAR += [("Nov", "frozen"), ("Dec", "frozen")]


def rows(values: list[float]) -> list[tuple[str, float, str]]:
    return [(f"No. {index}", value, str(value)) for index, value in enumerate(values, start=1)]


# --- Bars -------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers_from_zero():
    drawn = bars(rows([4965, 2482.5, 0]))

    longest = charts.WIDTH - charts.BAR_X - 70
    assert [bar.width for bar in drawn.bars] == [longest, longest / 2, 0]


def test_bars_stand_below_each_other_in_the_order_of_the_rows():
    drawn = bars(rows([1, 3, 2]))

    heights = [bar.y for bar in drawn.bars]
    assert heights == sorted(set(heights))
    assert [bar.label for bar in drawn.bars] == ["No. 1", "No. 2", "No. 3"]


@given(st.lists(numbers, max_size=12))
def test_every_bar_and_its_number_are_inside_the_picture(values):
    drawn = bars(rows(values))

    for bar in drawn.bars:
        assert 0 <= bar.width <= charts.WIDTH - charts.BAR_X - 70
        assert bar.value_x <= charts.WIDTH
        assert bar.y + drawn.thickness <= drawn.height


def test_no_figures_make_no_bars():
    assert bars([]).bars == []


# --- Against a target -------------------------------------------------------------------


def test_a_higher_number_stands_higher_and_the_target_where_it_belongs():
    drawn = against_target([("2017", 7.24, "7.24"), ("2018", 6.83, "6.83")], (7.2, "7.2"))

    before, after = drawn.points
    assert before.y < drawn.target_y < after.y
    share = (drawn.target_y - before.y) / (after.y - before.y)
    assert share == pytest.approx((7.24 - 7.2) / (7.24 - 6.83), abs=0.01)


def test_the_points_go_from_left_to_right_and_the_line_through_them():
    drawn = against_target(rows([3, 1, 2]), (2, "2"))

    assert [point.x for point in drawn.points] == [70, 180, 290]
    assert re.findall(r"[\d.]+", drawn.path) == [
        str(number) for point in drawn.points for number in (point.x, point.y)
    ]


@given(st.lists(numbers, min_size=1, max_size=8), numbers)
def test_every_point_and_the_target_are_above_the_floor(values, target):
    drawn = against_target(rows(values), (target, str(target)))

    for y in (drawn.target_y, *(point.y for point in drawn.points)):
        assert 40 <= y <= 150 < drawn.floor_y
    assert all(0 <= point.x <= charts.WIDTH for point in drawn.points)


def test_a_target_alone_is_a_line_without_points():
    drawn = against_target([], (7.2, "7.2"))

    assert (drawn.points, drawn.target_y) == ([], 40)


# --- A year as a ring -------------------------------------------------------------------


def angle(month: charts.Month) -> float:
    """Where a month's name stands, clockwise from the top, in twelfths."""
    x, y = month.x - charts.RING_MIDDLE, month.y - 4 - charts.RING_MIDDLE
    return (math.atan2(x, -y) / (2 * math.pi) * 12) % 12


def test_the_year_begins_at_the_top_and_goes_clockwise():
    found = [angle(month) for month in ring_of_months(YEAR).months]

    assert found == pytest.approx([index + 0.5 for index in range(12)], abs=0.02)


def test_the_state_of_most_months_is_filled_and_counted_first():
    drawn = ring_of_months(YEAR)

    assert drawn.states == [("farming", 7), ("frozen", 5)]
    assert [month.label for month in drawn.months if month.is_on] == [
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
    ]


def test_the_months_are_inside_the_picture():
    for month in ring_of_months(YEAR).months:
        assert 0 < month.x < 2 * charts.RING_MIDDLE
        assert 0 < month.y < 2 * charts.RING_MIDDLE


def test_a_year_without_months_is_an_empty_ring():
    assert (ring_of_months([]).months, ring_of_months([]).states) == ([], [])
