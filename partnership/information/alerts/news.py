"""What can be new: each subject says here what it knows of that came after a moment.

News name what they are about by handles, "country/VNM", "topic/energy", "document/toolkit". One
that search finds has the kind and key of its entry: who follows and searches is told of it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class News:
    """One new thing. Title and note are put into words when somebody is written to."""

    kind: str
    key: str
    title: Any
    address: str
    at: datetime
    about: frozenset[str] = frozenset()
    note: Any = ""
    audience: str = ""

    @property
    def mark(self) -> tuple[str, str]:
        """By what a thing is known to have been told."""
        return self.kind, self.key


@dataclass(frozen=True)
class Asked:
    """What came after one moment and is there at another; about one handle, or about anything."""

    since: datetime
    at: datetime
    about: str = ""

    def is_of(self, kind: str) -> bool:
        return not self.about or self.about.startswith(f"{kind}/")

    def key_of(self, kind: str) -> str:
        """What is asked for among things of this kind; empty where it is another kind, or all."""
        return self.about.removeprefix(f"{kind}/") if self.about and self.is_of(kind) else ""


Teller = Callable[[Asked], Iterable[News]]
TELLERS: list[Teller] = []
# What the kinds of search results are called.
KINDS: dict[str, Any] = {}


def told_by(teller: Teller) -> Teller:
    """Register who knows of news, in a fixed number of queries."""
    TELLERS.append(teller)
    return teller


def kinds(names: Mapping[str, Any]) -> None:
    KINDS.update(names)


def all_of(asked: Asked) -> list[News]:
    """From everybody, the newest first."""
    found = (one for teller in TELLERS for one in teller(asked))
    return sorted(found, key=lambda one: one.at, reverse=True)
