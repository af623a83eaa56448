"""What the lessons are not sure of, as one file tells it. docs/subject-check.md says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from courses.catalogue.content import FOLDER
from partnership.sources.loading import read

FILE = FOLDER / "doubts" / "doubts.json"


@dataclass(frozen=True)
class Doubt:
    """What is uncertain, where it is told, what would settle it, since when it stands here."""

    key: str
    doubt: str
    look_up: str
    since: date
    lessons: tuple[tuple[str, str], ...]  # the course's part of addresses, the lesson's key
    questions: tuple[str, ...]
    where: str = ""  # in words, where it is told everywhere

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for slug, _ in self.lessons))


@cache
def doubts() -> tuple[Doubt, ...]:
    """All of them, in the order of the file. It is part of the site: read once."""
    return tuple(
        Doubt(
            key=row["key"],
            doubt=row["doubt"],
            look_up=row["look_up"],
            since=date.fromisoformat(row["since"]),
            lessons=tuple(
                (slug, key) for slug, _, key in (n.partition("/") for n in row["lessons"])
            ),
            questions=tuple(row["questions"]),
            where=row.get("where", ""),
        )
        for row in read(FILE)["doubts"]
    )


def doubt_of(key: str) -> Doubt | None:
    return next((one for one in doubts() if one.key == key), None)
