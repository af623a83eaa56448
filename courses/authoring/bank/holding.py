"""What of an item the database has room for, and what is lost. No database, clock or request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import slugify

from courses.quizzes.exchange import aiken, gift_writer, moodle_writer
from courses.quizzes.exchange.building import HUNDRED, LONGEST_OPTION, MOST_PLACES, checked
from courses.quizzes.exchange.carrying import ORDINARY, tidied
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, ShortText
from courses.quizzes.exchange.opening import MOST_LETTERS
from courses.quizzes.exchange.report import Level, Notes

LONGEST_KEY, LONGEST_TOPIC, LONGEST_UNIT, LONGEST_BASIS = 80, 80, 40, 200
LONGEST_FEEDBACK = 2_000
MOST_POINTS = Decimal("999.99")
MOST_LINES = 100
# SQLite computes with so many, and so do spreadsheets.
MOST_FIGURES = 15
PLACES = Decimal(1).scaleb(-MOST_PLACES)
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})?\Z")
KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}\Z")
# What names a question or stands in no column: two questions that differ in it ask the same.
NAMES = ("key", "title", "category", "tags", "pictures")
# What a format has no place for is not taken from a file of that format.
NO_PLACE = {
    "gift": gift_writer.NO_PLACE,
    "moodle": moodle_writer.NO_PLACE,
    "aiken": aiken.NO_PLACE,
    "pasted": tuple(name for name in aiken.NO_PLACE if name != "explanation"),
    "xlsx": ("pictures",),
}
CARRY = {"gift": gift_writer.carry, "moodle": moodle_writer.carry, "aiken": aiken.carry}


def held(item: Item, notes: Notes) -> Item | None:
    """The item as the database will give it back, or nothing where it has no room for it."""
    item = tidied(item)
    _refuse_what_is_left(item, notes)
    _refuse_long(item, notes)
    kept = replace(
        item,
        choices=tuple(replace(choice, percent=None) for choice in item.choices),
        others=_distinct(item.others, {pair.right for pair in item.pairs}),
        numbers=kept_numbers(item),
        texts=tuple(
            ShortText(text)
            for text in dict.fromkeys(
                line.text for line in item.texts if line.percent == HUNDRED and not line.is_pattern
            )
        ),
        unit=item.unit if item.kind is Kind.NUMBER else "",
        points=_points(item.points, notes),
        key=key_of(item.key),
        category=(topic_of(item),) if item.category else (),
        otherwise="",
        title="",
        tags=(),
        pictures=(),
    )
    if item.kind in (Kind.NUMBER, Kind.SHORT_TEXT) and not (kept.numbers or kept.texts):
        notes.fail("no_right", expected="100 %")
    return None if notes.has_failed else kept


def key_of(named: str) -> str:
    """A name as a key: itself, if it can stand in an address."""
    return named if KEY.match(named) else slugify(named)[:LONGEST_KEY].strip("-_")


def topic_of(item: Item) -> str:
    return "/".join(item.category)[:LONGEST_TOPIC].strip()


def asked(item: Item, form: str) -> Item | None:
    """What a question asks, as far as a format can say it: equal ones are the same question."""
    carried = CARRY[form](tidied(item), Notes(0)) if form in CARRY else item
    if carried is None:
        return None
    bare = {name: getattr(ORDINARY, name) for name in (*NO_PLACE[form], *NAMES)}
    if form in ("aiken", "pasted"):
        bare["choices"] = tuple(Choice(one.text, one.is_right) for one in carried.choices)
    return replace(
        carried, numbers=tuple(_number(line) for line in carried.numbers), line=0, **bare
    )


def completed(item: Item, before: Item, form: str) -> Item:
    """A question that was read, with what its format has no place for as it stood before."""
    kept = {name: getattr(before, name) for name in NO_PLACE[form]}
    if (was := asked(before, form)) and (now := asked(item, form)) and was.numbers == now.numbers:
        # A tolerance that is a share is written as a number.
        kept["numbers"] = before.numbers
    if item.kind is Kind.SINGLE and before.kind is Kind.TRUE_FALSE and len(item.choices) == 2:
        kept["kind"] = before.kind
    return replace(item, **kept)


def kept_numbers(item: Item) -> tuple[Number, ...]:
    return tuple(_number(line) for line in item.numbers if line.percent == HUNDRED)


def _number(line: Number) -> Number:
    number, tolerance = (
        value.quantize(PLACES, ROUND_HALF_UP) for value in (line.number, line.tolerance)
    )
    return Number(number, tolerance, line.is_relative)


def _points(points: Decimal, notes: Notes) -> Decimal:
    if 0 < points <= MOST_POINTS and points == round(points, 2):
        return points
    notes.fail("points", found=points, most=MOST_POINTS)
    return Decimal(1)


def _distinct(texts: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(texts) if text not in taken)


def _refuse_what_is_left(item: Item, notes: Notes) -> None:
    """A text of nothing but spaces and signs is none, and two may be one without them."""
    again = Notes(notes.line)
    checked(item, again)
    errors = [problem for problem in again.found if problem.level is Level.ERROR]
    told = {problem.code for problem in notes.found}
    notes.found += [problem for problem in errors if problem.code not in told]


def _refuse_long(item: Item, notes: Notes) -> None:
    rights = [*(pair.right for pair in item.pairs), *item.others]
    limits = [
        (MOST_LETTERS, [item.prompt, item.explanation]),
        (LONGEST_UNIT, [item.unit]),
        (LONGEST_BASIS, [item.basis]),
        (LONGEST_FEEDBACK, [choice.feedback for choice in item.choices]),
        (LONGEST_OPTION, rights),
    ]
    for most, texts in limits:
        for text in texts:
            if len(text) > most:
                notes.fail("text_too_long", text=text[:40], most=most)
    if item.kind is Kind.MATCHING and not all(pair.right for pair in item.pairs):
        notes.fail("no_text")
    lines = (item.choices, item.pairs, item.order, item.numbers, item.texts, item.others)
    if max(map(len, lines)) > MOST_LINES:
        notes.fail("too_many_lines", most=MOST_LINES)
    if item.kind is Kind.TRUE_FALSE and len(item.choices) != 2:
        notes.fail("two_answers")
    for line in kept_numbers(item):
        if len(line.number.normalize().as_tuple().digits) > MOST_FIGURES:
            notes.fail("too_exact", found=line.number, most=MOST_FIGURES)
    if not LANGUAGE.match(item.language):
        notes.fail("language", found=item.language)
