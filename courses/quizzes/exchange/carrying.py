"""What a writer does before it writes: it makes texts clean and names all that it cannot carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from courses.quizzes.exchange.building import HUNDRED, checked, share
from courses.quizzes.exchange.items import Item, Kind, Number
from courses.quizzes.exchange.opening import CONTROL
from courses.quizzes.exchange.report import Notes, Problem

NAMES_OF_PLACES = re.compile(r"^[\s/]+|[\s/]+$|\s*\n\s*")
NOTHING = Decimal(0)
ORDINARY = Item(Kind.SINGLE, "")


def carried(
    items: Sequence[Item], carry: Callable[[Item, Notes], Item | None]
) -> tuple[list[Item], tuple[Problem, ...]]:
    """The items as the format can hold them, and what is lost of each, by its number from 1."""
    kept: list[Item] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, start=1):
        notes = Notes(number)
        clean = tidied(item)
        if clean != item:
            notes.warn("tidied")
        if checked(clean, whole := Notes(number)) is None:
            why = " ".join(problem.said for problem in whole.found if problem.level.name == "ERROR")
            notes.fail("not_written", why=why.rstrip("."))
        elif (held := carry(clean, notes)) is not None and not notes.has_failed:
            kept.append(held)
        problems += notes.found
    return kept, tuple(problems)


def without(item: Item, names: Iterable[str], notes: Notes) -> Item:
    """The item without parts for which a format has no place; those that it had are told."""
    lost = [name for name in names if getattr(item, name) != getattr(ORDINARY, name)]
    if lost:
        notes.warn("left_out", names=", ".join(lost))
    return replace(item, **{name: getattr(ORDINARY, name) for name in lost})


def without_share(item: Item, notes: Notes) -> Item:
    """Tolerances that are a share of their number, as numbers."""
    if not any(number.is_relative for number in item.numbers):
        return item
    notes.warn("absolute")
    return replace(item, numbers=tuple(_absolute(number) for number in item.numbers))


def _absolute(number: Number) -> Number:
    if not number.is_relative:
        return number
    return replace(number, tolerance=abs(number.number) * number.tolerance, is_relative=False)


def weights(item: Item) -> list[Decimal]:
    """The percents of the choices, with those that this site's own rule gives."""
    if item.kind is not Kind.MULTIPLE:
        return [
            HUNDRED if choice.is_right else choice.percent or NOTHING for choice in item.choices
        ]
    if any(choice.percent is not None for choice in item.choices):
        return [choice.percent or NOTHING for choice in item.choices]
    even = share(sum(choice.is_right for choice in item.choices))
    return [even if choice.is_right else -even for choice in item.choices]


def tidied(part: Any) -> Any:
    """The same without spaces at the ends of texts and signs that no file holds."""
    if isinstance(part, str) and not isinstance(part, Kind):
        return CONTROL.sub("", re.sub(r"\r\n?", "\n", part)).strip()
    if isinstance(part, tuple):
        return tuple(tidied(one) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    values = {one.name: tidied(getattr(part, one.name)) for one in fields(part)}
    if isinstance(part, Item):
        values["others"] = tuple(other for other in values["others"] if other)
        values["category"] = _names(values["category"], is_path=True)
        values["tags"] = _names(values["tags"], is_path=False)
        values["title"] = " ".join(values["title"].split())
        values["key"] = " ".join(values["key"].split())
    return replace(part, **values)


def _names(names: tuple[str, ...], *, is_path: bool) -> tuple[str, ...]:
    """Names on one line; in a path of categories none is empty or ends in a stroke."""
    clean = [NAMES_OF_PLACES.sub(" ", name).strip() if is_path else name for name in names]
    clean = [" ".join(name.split()) for name in clean]
    return tuple(name for name in (clean if is_path else dict.fromkeys(clean)) if name)
