"""Questions as a file, and what it does not carry. No database, clock or request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.authoring.bank import tabular
from courses.quizzes.exchange import aiken, gift_writer, moodle_writer
from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.report import Level, Problem
from partnership.lib.sheets import write_xlsx

SUFFIXES = {"gift": ".gift.txt", "moodle": ".xml", "aiken": ".aiken.txt", "xlsx": ".xlsx"}
TYPES = {
    "gift": "text/plain; charset=utf-8",
    "aiken": "text/plain; charset=utf-8",
    "moodle": "application/xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS = {"gift": gift_writer.write, "moodle": moodle_writer.write, "aiken": aiken.write}


@dataclass(frozen=True)
class Taken:
    """A file, how many questions are in it, and what is lost of which, by its number from 1."""

    content: bytes
    count: int
    problems: tuple[Problem, ...]


def taken(items: Sequence[Item], form: str, *, title: str) -> Taken:
    if form == "xlsx":
        sheet = tabular.write(items)
        content = b"".join(write_xlsx(title, list(tabular.COLUMNS), sheet.rows))
        return Taken(content, len(items), sheet.problems)
    written = WRITERS[form](items)
    left = {problem.line for problem in written.problems if problem.level is Level.ERROR}
    return Taken(written.text.encode(), len(items) - len(left), written.problems)


def lost(items: Iterable[Item], problems: Iterable[Problem]) -> list[tuple[Item, list[Problem]]]:
    """Each question of which something is lost, with what."""
    numbered = dict(enumerate(items, start=1))
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.line, []).append(problem)
    return [(numbered[line], told) for line, told in found.items()]
