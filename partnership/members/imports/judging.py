"""What a kind of sheet says of a row: what it is about, what is wrong, what it would change."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from partnership.audit.changes import plain

Values = dict[str, str]
T = TypeVar("T")


class CellWrong(Exception):
    """A field of a row is wrong; the text is a sentence. Without a field the whole row is."""

    def __init__(self, name: str, text: str):
        super().__init__(text)
        self.name, self.text = name, text


@dataclass
class Effect:
    """A row to be made, or columns of one to be changed to `after`."""

    row: Model
    after: dict[str, Any] = field(default_factory=dict)


@dataclass
class Judged:
    """`changes`: old and new value by field, as people read them."""

    about: str = ""
    is_new: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)

    def read(self, cell: Callable[..., T], *given: Any, **named: Any) -> T | None:
        """What a cell says, or nothing and one problem more: all of a row are told at once."""
        try:
            return cell(*given, **named)
        except CellWrong as wrong:
            self.problems.append((wrong.name, wrong.text))
            return None

    def make(self, row: Model) -> Judged:
        """The row is about something that is not there yet."""
        self.is_new = True
        self.effects.append(Effect(row))
        return self

    def change(self, row: Model, wanted: dict[str, Any]) -> Judged:
        """The row is about something that is there; what is as wanted already is left alone."""
        self.changes, after = changes_of(row, wanted)
        if after:
            self.effects.append(Effect(row, after))
        return self

    @property
    def verdict(self) -> str:
        if self.problems:
            return "wrong"
        if self.is_new:
            return "new"
        return "changed" if self.effects else "same"


@dataclass(frozen=True)
class Scope:
    """For whom a sheet is taken in: where it may write, and as whose act, at what time."""

    at: datetime
    by: Any
    role: str = ""
    country: Any = None
    institution: Any = None

    @property
    def is_placed(self) -> bool:
        return self.country is not None or self.institution is not None


class Judge(Protocol):
    """Looks at several hundred rows together, in a number of queries that is always the same."""

    def __call__(self, rows: list[Values], scope: Scope) -> list[Judged]: ...


def day(values: Values, name: str) -> date | None:
    """A day as ISO writes it, or with points. 03/04/2026 could be two days and is refused."""
    text = values.get(name, "")
    if not text:
        return None
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text.split("T")[0]
    )
    parts = digits.split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        digits = f"{parts[2]:0>4}-{parts[1]:0>2}-{parts[0]:0>2}"
    try:
        found = date.fromisoformat(digits)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        raise CellWrong(name, _("“%s” is no day. Write it as 2026-05-27.") % text[:40])
    return found


def short(values: Values, name: str, most: int) -> str:
    """A text that fits into its column."""
    text = values.get(name, "")
    if len(text) > most:
        raise CellWrong(name, _("This is longer than %(n)s characters.") % {"n": most})
    return text


def in_order(begins_on: date | None, ends_on: date | None) -> None:
    if begins_on and ends_on and ends_on < begins_on:
        raise CellWrong("ends_on", _("The last day is before the first."))


def changes_of(row: Any, wanted: dict[str, Any]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Of a row that is there, what would change: to be shown, and to be written."""
    shown, after = {}, {}
    for name, new in wanted.items():
        old = getattr(row, name)
        if old != new:
            shown[name] = [_told(old), _told(new)]
            after[name] = new
    return shown, after


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else plain(value)
