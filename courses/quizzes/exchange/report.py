"""What became of a file of questions: each one read or not, and what was wrong in which line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.sentences import SENTENCES

# Of one question, and of a file as a whole.
MOST_PROBLEMS = 100


class Level(IntEnum):
    OK = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Problem:
    """Something to tell, by its code; `said` is the sentence."""

    code: str
    line: int
    level: Level = Level.WARNING
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        return str(SENTENCES[self.code]) % dict(self.facts)


@dataclass(frozen=True)
class Verdict:
    """One question of the file. Without an item it is not taken in, and a problem says why."""

    line: int
    title: str = ""
    item: Item | None = None
    problems: tuple[Problem, ...] = ()
    # As it stands in the file, so that what failed can be given back.
    source: str = ""

    @property
    def level(self) -> Level:
        return max((problem.level for problem in self.problems), default=Level.OK)


@dataclass(frozen=True)
class Report:
    """All questions in their order, and what is to be said of the file as a whole."""

    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(verdict.item for verdict in self.verdicts if verdict.item is not None)


@dataclass(frozen=True)
class Written:
    """A file, and what it does not carry of each question, by its number from 1 as `line`."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass
class Notes:
    """Gathers problems while one question is read or written."""

    line: int
    found: list[Problem] = field(default_factory=list)

    def warn(self, code: str, /, *, line: int | None = None, **facts: Any) -> None:
        self._add(code, line, Level.WARNING, facts)

    def fail(self, code: str, /, *, line: int | None = None, **facts: Any) -> None:
        self._add(code, line, Level.ERROR, facts)

    def _add(self, code: str, line: int | None, level: Level, facts: dict[str, Any]) -> None:
        if len(self.found) > MOST_PROBLEMS and level <= self.found[-1].level:
            return
        told = tuple((name, _short(str(value))) for name, value in facts.items())
        problem = Problem(code, self.line if line is None else line, level, told)
        if problem in self.found:
            return
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(problem)
        else:
            self.found[MOST_PROBLEMS:] = [Problem("more", problem.line, level)]

    @property
    def has_failed(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self.found)


class Broken(Exception):
    """This question cannot be read on. The rest of the file can."""

    def __init__(self, code: str, line: int, **facts: Any):
        super().__init__(code)
        self.code, self.line, self.facts = code, line, facts


def refused(code: str, line: int = 1, **facts: Any) -> Report:
    """Nothing of the file is read."""
    notes = Notes(line)
    notes.fail(code, **facts)
    return Report(problems=tuple(notes.found))


def _short(told: str) -> str:
    return told if len(told) <= 120 else f"{told[:119]}…"
