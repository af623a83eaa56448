from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnership.site.figures.drawing import (
    FLOOR,
    LEFT,
    RIGHT,
    TOP,
    Drawn,
    Gap,
    Point,
    gaps,
    joined,
    spark,
    steps,
)

DAY = date(2026, 3, 1)


def daily(*values: int | None) -> list[Point]:
    return [Point(DAY + timedelta(days=number), value) for number, value in enumerate(values)]


def test_a_line_holds_its_value_until_the_next_count():
    drawn = steps(daily(0, 4, 4))

    middle = (LEFT + RIGHT) / 2
    assert drawn.paths == [f"M{LEFT:g} {FLOOR:g}H{middle:g}V{TOP:g}H{RIGHT:g}"]


def test_a_day_without_a_count_is_not_drawn_over():
    points = [*daily(2, 2), Point(DAY + timedelta(days=4), 3), Point(DAY + timedelta(days=5), 3)]

    drawn = steps(points)

    assert gaps(points, by_month=False) == [Gap(points[1].day, points[2].day)]
    assert len(drawn.paths) == 2
    (x, width), _ = *drawn.holes, None
    assert not any(f"H{x + width:g}" in path for path in drawn.paths[:1])


def test_of_months_only_a_whole_one_is_missing():
    points = [Point(date(2026, 1, 15), 1), Point(date(2026, 2, 28), 1), Point(date(2026, 4, 1), 1)]

    assert gaps(points, by_month=True) == [Gap(date(2026, 2, 28), date(2026, 4, 1))]


def test_a_number_that_is_not_told_is_not_drawn():
    drawn = steps(daily(7, None, 8, 8))

    assert (len(drawn.dots), len(drawn.paths)) == (1, 1)


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (1, [0, 0.5, 1]),
        (7, [0, 2, 4, 6, 8]),
        (83, [0, 50, 100]),
        (0, [0, 0.5]),
        (4, [0, 1, 2, 3, 4]),
    ],
)
def test_levels_are_round_numbers_around_what_is_drawn(most, levels):
    found = [number for _, number in steps(daily(0, most)).levels]

    assert found[0] == 0
    assert found[-1] >= most
    assert len(found) <= 6
    assert set(levels) <= set(found)


def test_years_are_named_at_their_beginning_and_at_most_six_of_them():
    points = [Point(date(2011, 5, 1), 1), Point(date(2026, 5, 1), 2)]

    ticks = steps(points, by_month=True).ticks

    assert len(ticks) <= 6
    assert {(tick.day.month, tick.day.day, tick.is_year) for tick in ticks} == {(1, 1, True)}
    assert ticks[-1].day == date(2026, 1, 1)


def test_nothing_counted_draws_nothing():
    assert steps([]) == Drawn() == steps(daily(None)) == joined(daily(5))
    assert spark([]) == ""


def test_values_of_sources_are_dots_that_a_line_joins():
    drawn = joined(daily(0, None, 4))

    assert drawn.dots == [(LEFT, FLOOR), (RIGHT, TOP)]
    assert drawn.paths == [f"M{LEFT:g} {FLOOR:g}L{RIGHT:g} {TOP:g}"]
