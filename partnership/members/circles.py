"""To whom somebody may write: each subject says here of which people it knows the circle.

A circle is named by its handle, "people", "country/vnm", "course/a6-201". It is open to whoever may
write to it today, and a letter is seen by those to whom its circle is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet
from django.forms import Field


@dataclass(frozen=True)
class Circle:
    """People to whom somebody may write, by the name that the pages give them."""

    handle: str
    name: str


class Opener(Protocol):
    """The circles of one kind."""

    def open_to(self, user: Any, on: date) -> list[Circle]:
        """Those to which this person may write on a day."""

    def named(self, handles: Iterable[str]) -> list[Circle]:
        """Those of these handles that are of this kind, to whomever they are open."""

    def people(self, handle: str, user: Any, on: date) -> QuerySet[Any] | None:
        """Who is in a circle that is open to this person; None where it is of another kind."""


@dataclass(frozen=True)
class Part:
    """Some filters beside each other. `handles` tells for which circles there are such."""

    key: str
    fits: Callable[[str], bool]
    fields: Callable[[str], Mapping[str, Field]]
    narrowed: Callable[[QuerySet[Any], Mapping[str, Any], str, date], QuerySet[Any]]


OPENERS: list[Opener] = []
PARTS: dict[str, Part] = {}


def opened(opener: Opener) -> None:
    OPENERS.append(opener)


def part(one: Part) -> None:
    PARTS[one.key] = one


def open_to(user: Any, on: date) -> list[Circle]:
    """All to which a person may write on a day, the widest first."""
    return [circle for opener in OPENERS for circle in opener.open_to(user, on)]


def names(handles: Iterable[str]) -> dict[str, str]:
    """What circles are called, to whomever they are open."""
    some = set(handles)
    return {one.handle: one.name for opener in OPENERS for one in opener.named(some)}


def people_of(handle: str, user: Any, on: date) -> QuerySet[Any] | None:
    """Who is in it, if it is open to this person; None where it is not."""
    found = (opener.people(handle, user, on) for opener in OPENERS)
    return next((people for people in found if people is not None), None)


def parts_of(handle: str) -> list[Part]:
    return [one for one in PARTS.values() if one.fits(handle)]
