"""Questions that were not taken in, given back in the format in which they came.

No database, clock or request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courses.authoring.bank import exporting, tabular
from courses.quizzes.exchange.report import Problem
from partnership.lib.sheets import write_xlsx


@dataclass(frozen=True)
class Failed:
    """One question as it stood in its file, and what is said of it."""

    source: str
    problems: list[Problem]

    @property
    def told(self) -> str:
        return " ".join(problem.said for problem in self.problems)


def written(questions: Sequence[Failed], form: str) -> bytes:
    """Formats with comments say what is wrong in one; a list is given back as it came."""
    if form == "xlsx":
        return _sheet(questions)
    if form == "moodle":
        body = "\n".join(f"<!-- {_comment(one.told)} -->\n{one.source}" for one in questions)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'.encode()
    if form == "gift":
        body = "\n\n".join(f"// {one.told}\n{one.source.strip()}" for one in questions)
        return f"{body}\n".encode()
    return ("\n\n".join(one.source.strip("\n") for one in questions) + "\n").encode()


def _comment(text: str) -> str:
    """In a comment of XML no two hyphens stand together."""
    return text.replace("-", "\u2010")


def _sheet(questions: Sequence[Failed]) -> bytes:
    """Under the columns of the file itself; what is wrong stands in the last one."""
    names = tabular.head_of(questions[0].source)
    kept = [at for at, name in enumerate(names) if name != tabular.WRONG]
    head, rows = [names[at] for at in kept], []
    for one in questions:
        for n, cells in enumerate(tabular.cells_of(one.source)):
            own = [cells[at] for at in kept if at < len(cells)]
            rows.append([*own, one.told if n == 0 else ""])
    return b"".join(write_xlsx(tabular.WRONG, [*head, tabular.WRONG], rows))


def type_of(form: str) -> str:
    return exporting.TYPES.get(form, exporting.TYPES["gift"])


def suffix_of(form: str) -> str:
    return exporting.SUFFIXES.get(form, ".txt")
