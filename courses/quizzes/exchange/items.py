"""One form of a question between all the files that can hold it. Never changed once made.

Prompt and explanation are Markdown, everything else is plain text, as in the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The same words as `QuestionVersion.Kind`."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMBER = "number"
    SHORT_TEXT = "short_text"
    MATCHING = "matching"
    ORDERING = "ordering"


CHOICES = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)


@dataclass(frozen=True)
class Choice:
    """Something to choose. `percent` is a weight that differs from this site's own rule."""

    text: str
    is_right: bool = False
    feedback: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True)
class Pair:
    left: str
    right: str


@dataclass(frozen=True)
class Number:
    """A number and how far from it an answer may be, itself or as a share of the number."""

    number: Decimal
    tolerance: Decimal = Decimal(0)
    is_relative: bool = False
    percent: Decimal = Decimal(100)
    feedback: str = ""


@dataclass(frozen=True)
class ShortText:
    """An accepted text. In a pattern `*` stands for anything."""

    text: str
    percent: Decimal = Decimal(100)
    feedback: str = ""
    is_pattern: bool = False


@dataclass(frozen=True)
class Picture:
    """A file that came with a question: its name and how many bytes it has."""

    name: str
    bytes: int


@dataclass(frozen=True)
class Item:
    """A question. Only the answers of its own kind are filled."""

    kind: Kind
    prompt: str
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    # Right sides that belong to nothing.
    others: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    unit: str = ""
    texts: tuple[ShortText, ...] = ()
    # What is said to a number or short text that no line accepts.
    otherwise: str = ""
    explanation: str = ""
    title: str = ""
    key: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    points: Decimal = Decimal(1)
    has_partial_credit: bool = True
    basis: str = ""
    pictures: tuple[Picture, ...] = ()
    # Where it began in its file; not a part of what it is.
    line: int = field(default=0, compare=False)
