"""What a remark is about: each subject says here how a fact of its kind reads, and on which page.

A fact is named by a kind and a key, "fact/talk-pairs", "line/jpn-vnm/signed.2013-07-02". What it
says is looked up, never taken from whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST = 600


@dataclass(frozen=True)
class Told:
    """A fact as its page shows it today, and the Parties whose focal points should know."""

    sentence: str
    page: str
    countries: tuple[str, ...] = ()


Teller = Callable[[str, date], Told | None]
TELLERS: dict[str, Teller] = {}
NAMES: dict[str, Any] = {}


def tells(kind: str, name: Any) -> Callable[[Teller], Teller]:
    """Register what finds the facts of one kind by their keys."""

    def registered(teller: Teller) -> Teller:
        TELLERS[kind], NAMES[kind] = teller, name
        return teller

    return registered


def told_of(kind: str, key: str, *, on: date) -> Told | None:
    """The fact of a kind and key, or None where there is none that everybody may see."""
    teller = TELLERS.get(kind)
    found = teller(key, on) if teller else None
    if found is None or len(found.sentence) <= LONGEST:
        return found
    return Told(f"{found.sentence[: LONGEST - 1]}…", found.page, found.countries)


def figure(row: Any) -> str:
    """How a figure reads: its label, its value with what it is counted in, and its day."""
    value = row.value_text if row.value_number is None else f"{row.value_number.normalize():f}"
    value = " ".join(filter(None, (row.qualifier, value, row.unit)))
    return f"{row.label}: {value} ({row.as_of_text})"
