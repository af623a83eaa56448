"""Figures of quizzes, against other ways to reckon them."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from statistics import StatisticsError, correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.learning.statistics import (
    Choice,
    Tally,
    Version,
    bands,
    discrimination,
    histogram,
    joined,
    mean_score,
    most_chosen_wrong,
    same_meaning,
)

# Papers of four questions, of 1, 1, 2 and 4 points.
POINTS = (1, 1, 2, 4)


@st.composite
def papers_of_many(draw) -> list[tuple[float, ...]]:
    """From a seed: lists of so many would take longer to draw than to reckon with."""
    rnd, hardness = Random(draw(st.integers())), draw(st.tuples(*[st.floats(0, 1)] * 4))
    shares = (0.0, 0.5, 1.0)
    return [
        tuple(rnd.choices(shares, (hard, 0.2, 1 - hard))[0] for hard in hardness)
        for _ in range(draw(st.integers(100, 140)))
    ]


PAPERS = papers_of_many()


def score(paper: tuple[float, ...]) -> float:
    return sum(p * share for p, share in zip(POINTS, paper, strict=True)) / sum(POINTS)


def tally(papers: list[tuple[float, ...]], n: int) -> Tally:
    """As the database adds it up."""
    pairs = [(paper[n], score(paper)) for paper in papers]
    return Tally(
        asked=len(pairs),
        answered=len(pairs),
        right=sum(share == 1 for share, _score in pairs),
        shares=sum(share for share, _score in pairs),
        share_squares=sum(share**2 for share, _score in pairs),
        scores=sum(whole for _share, whole in pairs),
        score_squares=sum(whole**2 for _share, whole in pairs),
        products=sum(share * whole for share, whole in pairs),
    )


@given(PAPERS, st.integers(0, 3))
def test_discrimination_is_the_correlation_with_the_rest_of_the_paper(papers, n):
    rest = [
        sum(p * share for m, (p, share) in enumerate(zip(POINTS, paper, strict=True)) if m != n)
        for paper in papers
    ]
    try:
        expected = correlation([paper[n] for paper in papers], rest)
    except StatisticsError:
        expected = None

    found = discrimination(tally(papers, n), POINTS[n] / sum(POINTS))

    assert found == (None if expected is None else pytest.approx(expected, abs=1e-6))


@given(PAPERS, PAPERS, st.integers(0, 3))
def test_two_versions_together_are_as_one(some, others, n):
    both, apart = tally(some + others, n), tally(some, n) + tally(others, n)

    assert apart.asked == both.asked
    assert apart.products == pytest.approx(both.products)
    assert apart.mean == pytest.approx(both.mean)


def test_discrimination_is_told_from_a_hundred_papers_on():
    papers = [(1.0, 1.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0)] * 50

    assert discrimination(tally(papers, 0), 1 / 8) is not None
    assert discrimination(tally(papers[:-1], 0), 1 / 8) is None


def test_a_question_that_is_the_whole_paper_or_that_all_know_tells_nothing_apart():
    papers = [(1.0, 1.0, 0.5, 0.0), (1.0, 0.0, 0.0, 1.0)] * 60

    assert discrimination(tally(papers, 0), 1 / 8) is None
    assert discrimination(Tally(200, 200, 100, 100, 100, 100, 100, 100), 1.0) is None


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 50))))
def test_every_score_is_in_one_band_and_bands_keep_to_their_edges(pairs):
    scores = [(Decimal(n) / 10_000, times) for n, times in pairs]

    found = bands(scores)

    assert [(band.low, band.high) for band in found] == [(n, n + 10) for n in range(0, 100, 10)]
    for band in found:
        inside = sum(t for s, t in scores if band.low <= s * 100 < band.high)
        inside += sum(t for s, t in scores if s == 1 and band.high == 100)
        assert band.times == inside


def test_the_mean_score_weighs_each_by_how_often_it_came():
    assert mean_score([(Decimal("0.5"), 3), (Decimal(1), 1)]) == Decimal("0.625")
    assert mean_score([]) is None


def test_bars_are_as_high_as_their_numbers_and_the_mark_stands_where_it_is():
    found = bands([(Decimal("0.05"), 2), (Decimal("0.95"), 8), (Decimal("0.55"), 4)])

    picture = histogram(found, Decimal("0.7"))

    heights = [bar.height for bar in picture.bars]
    assert (heights[0], heights[5]) == (heights[9] / 4, heights[9] / 2)
    assert all(bar.y + bar.height == picture.floor_y for bar in picture.bars)
    assert picture.mark_x == 252
    assert picture.bars[6].x < picture.mark_x < picture.bars[7].x


def test_versions_run_on_while_each_says_what_the_one_before_it_said():
    rows = [
        Version(14, 4, True),
        Version(11, 1, False),
        Version(12, 2, True),
        Version(13, 3, False),
    ]

    runs = same_meaning(rows)

    assert [[row.number for row in run] for run in runs] == [[1, 2], [3, 4]]


def test_an_option_is_known_by_its_text_and_the_wrong_one_chosen_most_is_named():
    choices = [
        Choice("100 t", 9, True),
        Choice("1 t", 2, False),
        Choice("10 t", 3, False),
        Choice("1 t", 2, False),
    ]

    assert [(row.text, row.times) for row in joined(choices)] == [
        ("100 t", 9),
        ("1 t", 4),
        ("10 t", 3),
    ]
    assert most_chosen_wrong(choices) == Choice("1 t", 4, False)
    assert most_chosen_wrong([Choice("100 t", 9, True), Choice("1 t", 0, False)]) is None
