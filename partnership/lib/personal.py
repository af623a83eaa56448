"""What the tables hold of people. Each subject declares its own in a module `personal`; the export,
the erasure, the page "My data" and a test read the same declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Model, Q


class Fate(StrEnum):
    """What becomes of a field when its person is erased."""

    GOES = "goes"  # with its row
    EMPTIED = "emptied"  # the row stays and counts
    CUT = "cut"  # the row names nobody any more
    MENDED = "mended"  # names and addresses are taken out of the text, wherever it stands
    STAYS = "stays"  # and `why` says why


GOES, EMPTIED, CUT, MENDED, STAYS = Fate


@dataclass(frozen=True)
class Part:
    """A part of the export: what it is called, and why it is held at all."""

    key: str
    title: Any
    purpose: Any


@dataclass(frozen=True)
class Holding:
    """What one table holds of a person.

    A row is of a person by one of the lookups `whose`, by a mail address, or by the person's uuid.
    `told` are the columns of the export; where `part` is empty, `why` says why it is not in it.
    In texts that everybody reads, names are left (`only_addresses`): whoever called themselves by a
    common word would have it taken out of all of them.
    """

    model: str
    fates: Mapping[str, Fate]
    whose: tuple[str, ...] = ()
    by_address: tuple[str, ...] = ()
    by_uuid: tuple[str, ...] = ()
    part: str = ""
    told: tuple[str, ...] = ()
    why: str = ""
    only_addresses: bool = False

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def goes(self) -> bool:
        return GOES in self.fates.values()

    def of(self, who: Traces) -> Q | None:
        """Which rows are of the person; None where none is anybody's own."""
        found = [Q(**{lookup: who.pk}) for lookup in self.whose]
        found += [Q(**{f"{name}__in": who.addresses}) for name in self.by_address]
        found += [Q(**{name: who.uuid}) for name in self.by_uuid]
        return Q(*found, _connector=Q.OR) if found else None

    def with_fate(self, fate: Fate) -> list[str]:
        return [name for name, held in self.fates.items() if held == fate]


@dataclass(frozen=True)
class Traces:
    """By what a person is found: written down before the first of it is erased."""

    pk: int
    uuid: str
    addresses: tuple[str, ...]
    names: tuple[str, ...]
    at: datetime
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        # The longest first: a name may hold another one.
        words = sorted(filter(None, {*self.addresses, *self.names}), key=len, reverse=True)
        whole = "|".join(re.escape(word) for word in words) or r"(?!)"
        pattern = re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)
        object.__setattr__(self, "pattern", pattern)

    @property
    def on(self) -> date:
        return self.at.date()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(filter(None, (*self.addresses, *self.names)))

    @property
    def without_names(self) -> Traces:
        return Traces(self.pk, self.uuid, self.addresses, (), self.at)

    def mended(self, value: Any) -> Any:
        """The same text, or anything that JSON holds, without the person."""
        match value:
            case str():
                return self.pattern.sub("…", value)
            case list():
                return [self.mended(part) for part in value]
            case dict():
                return {self.mended(name): self.mended(part) for name, part in value.items()}
        return value


# Takes what is to be erased, does what no declaration can say, and names files that are to go.
Forget = Callable[[Traces], Iterable[str]]

PARTS: dict[str, Part] = {}
HOLDINGS: list[Holding] = []
FORGETTERS: list[Forget] = []


def part(key: str, title: Any, purpose: Any) -> None:
    PARTS[key] = Part(key, title, purpose)


def hold(model: str, fates: Mapping[str, Fate], **more: Any) -> None:
    """Declare what a table holds of people."""
    HOLDINGS.append(Holding(model, fates, **more))


def forgets(forget: Forget) -> Forget:
    """Register what is done before the rows are erased as they were declared."""
    FORGETTERS.append(forget)
    return forget
