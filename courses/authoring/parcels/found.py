"""What a reader of documents gives back, and how it says that it will not read one.

It is used in the child process, which has neither Django nor a database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from courses.authoring.parcels.plans import Section

MEGABYTE = 1024 * 1024
MOST_PICTURES = 200
MOST_PICTURE = 15 * MEGABYTE
MOST_LETTERS = 3_000_000


class Refused(Exception):
    """The document is not read. The code has its sentence in `sentences`."""

    def __init__(self, code: str, **facts: int | str):
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass
class Kept:
    """A picture of the document as it lies in it."""

    name: str
    alt: str
    data: bytes


@dataclass
class Found:
    """The words under headings, the pictures they name by number, and what is not carried."""

    sections: list[Section] = field(default_factory=list)
    pictures: list[Kept] = field(default_factory=list)
    # How often something was met that has no place in a lesson, by its code.
    lost: Counter[str] = field(default_factory=Counter)
    # (code, title of the section, words) of what is told where it stands.
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def keep(self, name: str, alt: str, data: bytes) -> int:
        """Its number in the texts; a picture that is too much is lost."""
        if len(self.pictures) >= MOST_PICTURES or len(data) > MOST_PICTURE:
            raise Refused("too_many_pictures", most=MOST_PICTURES)
        self.pictures.append(Kept(name[:150], " ".join(alt.split())[:300], data))
        return len(self.pictures) - 1

    def note(self, code: str, where: str, words: str = "") -> None:
        if len(self.notes) < 200 and (code, where, words) not in self.notes:
            self.notes.append((code, where, words))

    def told(self) -> Iterator[dict[str, Any]]:
        for code, count in sorted(self.lost.items()):
            yield {"code": code, "facts": {"n": count}}
        for code, where, words in self.notes:
            yield {"code": code, "where": where, "facts": {"words": words}}
