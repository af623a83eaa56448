"""How much of a question an answer earns. No database, clock or request.

The rule, the same for every quiz: an unanswered question earns nothing; without partial credit an
answer earns all or nothing; with it, multiple response earns (right chosen - wrong chosen) of the
right ones and never less than nothing, matching the share of right pairs, ordering the longest
run that stands in the right order, less one, of all but one (so that the reverse earns nothing).
Single choice, true or false, number and short text earn all or nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from courses.quizzes.notation import (
    Unreadable,
    has_accents,
    normalise_text,
    normalise_unit,
    read_number,
)

NOTHING, ALL = Decimal(0), Decimal(1)
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class ChoiceSheet:
    """Single choice, true or false, multiple response: the right options."""

    right: Set[int]
    has_partial_credit: bool = False


@dataclass(frozen=True)
class MatchingSheet:
    """Each left option with the right one that belongs to it."""

    pairs: Mapping[int, int]
    has_partial_credit: bool = False


@dataclass(frozen=True)
class OrderingSheet:
    """The options in their right order."""

    order: tuple[int, ...]
    has_partial_credit: bool = False


@dataclass(frozen=True)
class Accepted:
    """A number and how far from it an answer may be, itself or as a share of the number."""

    number: Decimal
    tolerance: Decimal = Decimal(0)
    is_relative: bool = False


@dataclass(frozen=True)
class NumberSheet:
    """Any of the accepted numbers, in the unit if one is asked."""

    accepted: tuple[Accepted, ...]
    unit: str = ""


@dataclass(frozen=True)
class TextSheet:
    """Any of the accepted texts."""

    accepted: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    options: Set[int] = frozenset()


@dataclass(frozen=True)
class Pairs:
    pairs: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    order: tuple[int, ...] = ()


@dataclass(frozen=True)
class Typed:
    text: str = ""
    unit: str = ""
    language: str = "en"


Sheet = ChoiceSheet | MatchingSheet | OrderingSheet | NumberSheet | TextSheet
Response = Chosen | Pairs | Order | Typed


def share(sheet: Sheet, response: Response) -> Decimal:
    """What the answer earns of the question's points, from 0 to 1, to four places."""
    match sheet, response:
        case ChoiceSheet(), Chosen():
            earned = _choice(sheet, response.options)
        case MatchingSheet(), Pairs():
            earned = _matching(sheet, response.pairs)
        case OrderingSheet(), Order():
            earned = _ordering(sheet, response.order)
        case NumberSheet(), Typed():
            earned = ALL if _is_number(sheet, response) else NOTHING
        case TextSheet(), Typed():
            earned = ALL if _is_text(sheet, response.text) else NOTHING
        case _:
            earned = NOTHING
    return earned.quantize(PLACES, ROUND_HALF_UP)


def score(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The share of a paper's points: `parts` are (points, share) of every question on it."""
    parts = list(parts)
    earned = sum((points * part for points, part in parts), NOTHING)
    return (earned / sum(points for points, _ in parts)).quantize(PLACES, ROUND_HALF_UP)


def _whole(is_right: bool) -> Decimal:
    return ALL if is_right else NOTHING


def _choice(sheet: ChoiceSheet, chosen: Set[int]) -> Decimal:
    if not sheet.has_partial_credit or not sheet.right or not chosen:
        return _whole(bool(chosen) and chosen == sheet.right)
    points = len(chosen & sheet.right) - len(chosen - sheet.right)
    return Decimal(max(points, 0)) / len(sheet.right)


def _matching(sheet: MatchingSheet, pairs: Mapping[int, int]) -> Decimal:
    right = sum(pairs.get(left) == match for left, match in sheet.pairs.items())
    if not sheet.has_partial_credit or not sheet.pairs:
        return _whole(bool(pairs) and right == len(sheet.pairs))
    return Decimal(right) / len(sheet.pairs)


def _ordering(sheet: OrderingSheet, order: tuple[int, ...]) -> Decimal:
    if not sheet.has_partial_credit or len(sheet.order) < 2:
        return _whole(bool(order) and order == sheet.order)
    places = {option: place for place, option in enumerate(sheet.order)}
    in_order = _longest_rise([places[option] for option in order if option in places])
    return Decimal(max(in_order - 1, 0)) / (len(sheet.order) - 1)


def _longest_rise(places: list[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _is_number(sheet: NumberSheet, response: Typed) -> bool:
    try:
        number = read_number(response.text, language=response.language)
    except Unreadable:
        return False
    if normalise_unit(response.unit) != normalise_unit(sheet.unit) and sheet.unit:
        return False
    return any(abs(number - accepted.number) <= _reach(accepted) for accepted in sheet.accepted)


def _reach(accepted: Accepted) -> Decimal:
    return accepted.tolerance * (abs(accepted.number) if accepted.is_relative else 1)


def _is_text(sheet: TextSheet, text: str) -> bool:
    for accepted in sheet.accepted:
        keeps = has_accents(accepted)
        given = normalise_text(text, keeps_accents=keeps)
        if given and given == normalise_text(accepted, keeps_accents=keeps):
            return True
    return False
