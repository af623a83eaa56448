"""The answers of a question as lines of a form, both ways. No database, clock or request.

A line has an answer and, by kind, what stands beside it: feedback, the right side, a tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.quizzes.exchange.building import MOST_DIGITS, told
from courses.quizzes.exchange.items import CHOICES, Choice, Item, Kind, Number, Pair, ShortText
from courses.quizzes.notation import Unreadable, read_number, write_number

HUNDRED = Decimal(100)
# How many lines a new question begins with.
AT_FIRST = {Kind.TRUE_FALSE: 2, Kind.NUMBER: 1, Kind.SHORT_TEXT: 2}
MOST = 100


@dataclass(frozen=True)
class Line:
    answer: str = ""
    beside: str = ""
    is_right: bool = False
    problem: str = ""

    @property
    def says(self) -> bool:
        return bool(self.answer.strip() or self.beside.strip() or self.is_right)


def first_lines(kind: str) -> list[Line]:
    if kind == Kind.TRUE_FALSE:
        # As the exchange formats name them, so that they stay what they are.
        return [Line("True"), Line("False")]
    return [Line()] * AT_FIRST.get(Kind(kind), 4)


def lines_in(query: QueryDict) -> list[Line]:
    """The lines as they were typed, with those that say nothing."""
    right = set(query.getlist("right"))
    beside = query.getlist("beside")
    return [
        Line(answer, beside[at] if at < len(beside) else "", str(at) in right)
        for at, answer in enumerate(query.getlist("answer")[:MOST])
    ]


def moved(lines: Sequence[Line], do: str) -> list[Line] | None:
    """The lines after a button that only touches them; nothing for another button."""
    verb, _dash, place = do.partition("-")
    found = [*lines]
    if verb == "add":
        return [*found, Line(), Line()][:MOST] if len(found) < MOST else found
    if verb not in ("up", "down", "drop") or not place.isascii() or not place.isdigit():
        return None
    at = int(place[:4])
    if at >= len(found):
        return found
    line = found.pop(at)
    if verb == "up":
        found.insert(max(0, at - 1), line)
    elif verb == "down":
        found.insert(at + 1, line)
    return found


def focus(lines: Sequence[Line], do: str) -> int | None:
    """The line in which one goes on after such a button."""
    verb, _dash, place = do.partition("-")
    if verb == "add":
        return max(0, len(lines) - 2)
    step = {"up": -1, "down": 1, "drop": 0}.get(verb)
    if step is None or not lines:
        return None
    return min(max(0, int(place[:4]) + step), len(lines) - 1)


def lines_of(item: Item, *, language: str) -> list[Line]:
    """The lines of a question that is there."""
    if item.kind in CHOICES:
        return [Line(one.text, one.feedback, one.is_right) for one in item.choices]
    if item.kind is Kind.MATCHING:
        pairs = [Line(pair.left, pair.right) for pair in item.pairs]
        return [*pairs, *(Line("", other) for other in item.others)]
    if item.kind is Kind.ORDERING:
        return [Line(text) for text in item.order]
    if item.kind is Kind.SHORT_TEXT:
        return [Line(line.text) for line in item.texts]
    return [
        Line(write_number(line.number, language=language), _within(line, language))
        for line in item.numbers
    ]


def _within(line: Number, language: str) -> str:
    if line.is_relative:
        return f"{write_number(line.tolerance * HUNDRED, language=language)} %"
    return write_number(line.tolerance, language=language) if line.tolerance else ""


def answers(
    kind: str, lines: Sequence[Line], *, language: str
) -> tuple[dict[str, Any], list[Line]]:
    """The parts of an item, and the lines with what is wrong in each."""
    filled = [replace(line, answer=_one(line.answer), beside=_one(line.beside)) for line in lines]
    said = [line for line in filled if line.says]
    if kind in CHOICES:
        choices = (Choice(one.answer, one.is_right, one.beside) for one in said)
        return {"choices": tuple(choices)}, filled
    if kind == Kind.MATCHING:
        pairs = tuple(Pair(line.answer, line.beside) for line in said if line.answer)
        others = tuple(line.beside for line in said if not line.answer)
        return {"pairs": pairs, "others": others}, filled
    if kind == Kind.ORDERING:
        return {"order": tuple(line.answer for line in said)}, filled
    if kind == Kind.SHORT_TEXT:
        return {"texts": tuple(ShortText(line.answer) for line in said)}, filled
    return _numbers(filled, language)


def _numbers(lines: list[Line], language: str) -> tuple[dict[str, Any], list[Line]]:
    numbers, checked = [], []
    for line in lines:
        if not line.says:
            checked.append(line)
            continue
        try:
            numbers.append(_number(line, language))
            checked.append(line)
        except Unreadable as refusal:
            checked.append(replace(line, problem=str(refusal)))
    return {"numbers": tuple(numbers)}, checked


def _number(line: Line, language: str) -> Number:
    """A tolerance with a per cent sign is a share of the number."""
    is_share = line.beside.endswith("%")
    within = line.beside.rstrip("% ") or "0"
    number = read_number(line.answer, language=language)
    tolerance = read_number(within, language=language)
    if tolerance < 0:
        raise Unreadable("negative", _("A tolerance is not below nothing."))
    if max(number.adjusted(), tolerance.adjusted()) >= MOST_DIGITS:
        raise Unreadable("too_long", _("The number is too large."))
    share = tolerance / HUNDRED if is_share else tolerance
    return Number(Decimal(told(number)), Decimal(told(share)), is_relative=is_share)


def _one(text: str) -> str:
    """On one line, as a field of a form is."""
    return " ".join(text.split())
