"""What the answers to a quiz say of it. Pure: the rows were added up by the database before.

Discrimination is the product-moment correlation between what a question earned and what the other
questions of the same paper earned together; for a question that is right or wrong that is the
point-biserial one. It is told from 100 papers on. Described in: University of Washington, Office of
Educational Assessment, "Understanding Item Analyses".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import NamedTuple

FEW = 20
DISCRIMINATION_FROM = 100
BANDS = 10
# Below this a spread is what is left of rounding.
NOTHING = 1e-9


@dataclass(frozen=True)
class Tally:
    """Sums over the papers that asked one question. `score` is a paper's whole share, 0 to 1."""

    asked: int = 0
    answered: int = 0
    right: int = 0
    shares: float = 0.0
    share_squares: float = 0.0
    scores: float = 0.0
    score_squares: float = 0.0
    products: float = 0.0  # of share and score

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            asked=self.asked + other.asked,
            answered=self.answered + other.answered,
            right=self.right + other.right,
            shares=self.shares + other.shares,
            share_squares=self.share_squares + other.share_squares,
            scores=self.scores + other.scores,
            score_squares=self.score_squares + other.score_squares,
            products=self.products + other.products,
        )

    @property
    def mean(self) -> float | None:
        """The mean share; a question that was left out earned nothing."""
        return self.shares / self.asked if self.asked else None


def discrimination(tally: Tally, weight: float) -> float | None:
    """From -1 to 1, or None: too few papers, or no spread that could go together.

    `weight` is the part of a paper's points that the question has. The rest of a paper is then
    score - weight * share, and its sums follow from those of the two.
    """
    n = tally.asked
    if n < DISCRIMINATION_FROM:
        return None
    of_share = tally.share_squares - tally.shares**2 / n
    of_score = tally.score_squares - tally.scores**2 / n
    together = tally.products - tally.shares * tally.scores / n
    of_rest = of_score - 2 * weight * together + weight**2 * of_share
    if of_share <= NOTHING * n or of_rest <= NOTHING * n:
        return None
    return max(-1.0, min(1.0, (together - weight * of_share) / sqrt(of_share * of_rest)))


@dataclass(frozen=True)
class Band:
    """Scores from `low` to below `high`, in per cent; the last one holds 100 too."""

    low: int
    high: int
    times: int


def bands(scores: Iterable[tuple[Decimal, int]]) -> list[Band]:
    """How many papers came into each tenth, from scores with how often each came."""
    counted: dict[int, int] = defaultdict(int)
    for score, times in scores:
        counted[min(int(score * BANDS), BANDS - 1)] += times
    step = 100 // BANDS
    return [Band(n * step, (n + 1) * step, counted[n]) for n in range(BANDS)]


def mean_score(scores: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    pairs = list(scores)
    times = sum(n for _score, n in pairs)
    return sum((score * n for score, n in pairs), Decimal(0)) / times if times else None


@dataclass(frozen=True)
class Choice:
    """An option and how often it was chosen; the same text in several versions is one."""

    text: str
    times: int
    is_right: bool


def joined(choices: Iterable[Choice]) -> list[Choice]:
    """Options of versions with the same meaning, one line for each text, the most chosen first."""
    times: dict[str, int] = defaultdict(int)
    right: dict[str, bool] = defaultdict(bool)
    for choice in choices:
        times[choice.text] += choice.times
        right[choice.text] |= choice.is_right
    found = [Choice(text, n, right[text]) for text, n in times.items()]
    return sorted(found, key=lambda choice: (-choice.times, choice.text))


def most_chosen_wrong(choices: Iterable[Choice]) -> Choice | None:
    """What misled most people; None when nobody chose anything wrong."""
    wrong = [choice for choice in joined(choices) if choice.times and not choice.is_right]
    return wrong[0] if wrong else None


class Version(NamedTuple):
    pk: int
    number: int
    has_same_meaning: bool


def same_meaning(versions: Iterable[Version]) -> list[list[Version]]:
    """Versions of one question, in runs of which each says what the one before it said."""
    runs: list[list[Version]] = []
    for version in sorted(versions, key=lambda version: version.number):
        if runs and version.has_same_meaning:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


@dataclass(frozen=True)
class Bar:
    """A band as it is drawn, in the units of the picture."""

    band: Band
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def value_y(self) -> float:
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class Histogram:
    bars: list[Bar]
    mark_x: float | None  # where the pass mark stands
    width: float = 360
    height: float = 190
    floor_y: float = 150
    label_y: float = 168
    scale_y: float = 186


def histogram(found: Sequence[Band], pass_mark: Decimal | None) -> Histogram:
    """Bars from zero; the tallest fills the height."""
    picture = Histogram([], None)
    room, step = picture.floor_y - 24, picture.width / BANDS
    tallest = max((band.times for band in found), default=0) or 1
    bars = []
    for n, band in enumerate(found):
        height = round(room * band.times / tallest, 1)
        top = round(picture.floor_y - height, 1)
        bars.append(Bar(band, round(n * step + 2, 1), top, step - 4, height))
    mark = None if pass_mark is None else round(float(pass_mark) * picture.width, 1)
    return Histogram(bars, mark)
