"""How far somebody is in an edition. Pure: the rows were read by `outlines`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    DONE = "done"
    OPEN = "open"
    NOT_BEGUN = "not_begun"

    @property
    def word(self) -> str:
        return str(WORDS[self])


WORDS = {
    State.DONE: _("done"),
    State.OPEN: _("begun"),
    State.NOT_BEGUN: _("not begun"),
}


@dataclass(frozen=True)
class Item:
    """One lesson or quiz of an outline, as one learner, or nobody, stands to it."""

    kind: str  # "lesson" or "quiz"
    pk: int
    key: str
    title: str
    address: str
    minutes: int
    kb: int | None  # of a lesson's page; a quiz has none
    rule: str  # what makes its tick
    is_required: bool
    state: State
    done_at: datetime | None
    is_pretest: bool = False  # taken before the rest or not at all: nobody is led back to it
    pictures_kb: int = 0  # beside the page, as they are looked at

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def is_lesson(self) -> bool:
        return self.kind == "lesson"


@dataclass(frozen=True)
class Part:
    """A module with its items. Before them stands the pre-test, after them the other quizzes."""

    key: str
    title: str
    number: int | None
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def kb(self) -> int:
        return sum(item.kb or 0 for item in self.items)

    @property
    def addresses(self) -> list[str]:
        """Of its lessons: a quiz is no page to read."""
        return [item.address for item in self.items if item.is_lesson]

    @property
    def pages(self) -> list[int]:
        """The KB of each lesson's page."""
        return [item.kb for item in self.items if item.kb is not None]

    @property
    def is_done(self) -> bool:
        return all(item.is_done for item in self.items if item.is_required)


@dataclass(frozen=True)
class Outline:
    parts: tuple[Part, ...]

    @property
    def items(self) -> list[Item]:
        return [item for part in self.parts for item in part.items]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True)
class Progress:
    """Done and required of what is published, and what is missing. Completed once is completed."""

    done: int
    required: int
    missing: tuple[Item, ...]
    completed_at: datetime | None

    @property
    def percent(self) -> int:
        """Of whole per cents; 100 only when nothing is missing."""
        return 100 * self.done // self.required if self.required else 0

    @property
    def is_completed(self) -> bool:
        return self.completed_at is not None


@dataclass(frozen=True)
class Place:
    """Where to go on: "Module 2, Lesson 3: Authorisation letter (6 min left)"."""

    item: Item
    part: Part
    number: int  # of the item in its part, among its own kind
    block: str
    minutes_left: int

    @property
    def address(self) -> str:
        return f"{self.item.address}#{self.block}" if self.block else self.item.address


def progress_of(outline: Outline, completed_at: datetime | None) -> Progress:
    required = [item for item in outline.items if item.is_required]
    missing = tuple(item for item in required if not item.is_done)
    return Progress(len(required) - len(missing), len(required), missing, completed_at)


def place_of(outline: Outline, *, lesson: int | None, block: str, html: str = "") -> Place | None:
    """The lesson last read if it is not done, else what comes next that is not; None at the end.

    What need not be done is offered only while nothing required is missing before the end.
    """
    items = outline.items
    here = next((n for n, item in enumerate(items) if item.is_lesson and item.pk == lesson), None)
    if here is not None and not items[here].is_done:
        return _place(outline, items[here], block, html)
    start = 0 if here is None else here + 1
    onwards = [*items[start:], *items[:start]]
    undone = [item for item in onwards if not item.is_done and not item.is_pretest]
    found = next((item for item in undone if item.is_required), undone[0] if undone else None)
    return _place(outline, found, "", "") if found else None


def _place(outline: Outline, item: Item, block: str, html: str) -> Place:
    part = next(part for part in outline.parts if item in part.items)
    of_kind = [other for other in part.items if other.kind == item.kind]
    return Place(item, part, of_kind.index(item) + 1, block, minutes_left(item, block, html))


def minutes_left(item: Item, block: str, html: str) -> int:
    """By how much of the text comes after the block; the whole of it where that is not known."""
    at = html.find(f'id="{block}"') if block else -1
    if at <= 0:
        return item.minutes
    return max(1, round(item.minutes * (len(html) - at) / len(html)))
