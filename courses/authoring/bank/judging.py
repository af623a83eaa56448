"""What would come of each question of a file: new, changed, the same, or not to be taken in.

A question is found by its key, else by what it asks as far as the format can say it. So the same
file twice changes nothing, and what was taken away and edited comes back to where it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from courses.authoring.bank.holding import asked, completed, held, topic_of
from courses.authoring.bank.models import QuestionImportRow
from courses.authoring.bank.rows import item_of, with_answers
from courses.catalogue.models import Course
from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.report import Notes, Problem, Verdict
from courses.quizzes.models import QuestionVersion

Outcome = QuestionImportRow.Verdict
# Databases take so many values in one query.
AT_ONCE = 400


@dataclass(frozen=True)
class Judged:
    """What comes of a question. `item` is what would be written."""

    outcome: str
    item: Item | None = None
    problems: tuple[Problem, ...] = ()
    newest: QuestionVersion | None = None


def judged(course: Course, verdicts: Sequence[Verdict], form: str) -> list[Judged]:
    """In the order of the file, in six queries for each few hundred questions."""
    read = [_held(verdict) for verdict in verdicts]
    known = _Known(course, [item for item, _problems in read if item is not None], form)
    return [
        _one(verdict, item, problems, known)
        for verdict, (item, problems) in zip(verdicts, read, strict=True)
    ]


def _held(verdict: Verdict) -> tuple[Item | None, tuple[Problem, ...]]:
    notes = Notes(verdict.line, list(verdict.problems))
    item = None if verdict.item is None else held(verdict.item, notes)
    return item, tuple(notes.found)


def _one(
    verdict: Verdict, item: Item | None, problems: tuple[Problem, ...], known: _Known
) -> Judged:
    if item is None:
        return Judged(Outcome.WRONG, None, problems)
    notes = Notes(verdict.line, list(problems))
    if known.refuse_twin(item, notes):
        return Judged(Outcome.WRONG, None, tuple(notes.found))
    newest, is_same = known.find(item)
    if newest is None:
        return Judged(Outcome.NEW, item, problems)
    before = item_of(newest)
    if is_same and not known.is_newest(item, before):
        notes.warn("edited_since")
    has_topic = bool(item.key and item.category) and topic_of(item) != newest.question.topic
    if is_same and not has_topic:
        return Judged(Outcome.SAME, item, tuple(notes.found), newest)
    whole = completed(item, before, known.form)
    return Judged(Outcome.CHANGED, whole, tuple(notes.found), newest)


class _Known:
    """The versions of a course that the questions of a file may be."""

    def __init__(self, course: Course, items: Sequence[Item], form: str):
        self.form = form
        self.newest: dict[str, QuestionVersion] = {}
        self.of_key: dict[str, set[Item]] = defaultdict(set)
        self.of_asked: dict[Item, str] = {}
        self.keys: dict[str, int] = {}
        self.seen: dict[Item, int] = {}
        for versions in _versions(course, items):
            for version in versions:
                self._learn(version)

    def _learn(self, version: QuestionVersion) -> None:
        key = version.question.key
        last = self.newest.get(key)
        if last is None or last.number < version.number:
            self.newest[key] = version
        if (told := asked(item_of(version), self.form)) is not None:
            self.of_key[key].add(told)
            self.of_asked.setdefault(told, key)

    def refuse_twin(self, item: Item, notes: Notes) -> bool:
        """Whether a line before said the same; then that is told."""
        told = asked(item, self.form) or item
        if item.key and item.key in self.keys:
            notes.fail("same_key", first=self.keys[item.key])
        elif not item.key and told in self.seen:
            notes.fail("same_question", first=self.seen[told])
        else:
            self.seen[told] = notes.line
            if item.key:
                self.keys[item.key] = notes.line
            return False
        return True

    def find(self, item: Item) -> tuple[QuestionVersion | None, bool]:
        """The question that an item is, by its newest version, and whether it ever asked this."""
        told = asked(item, self.form)
        if item.key:
            return self.newest.get(item.key), told in self.of_key.get(item.key, ())
        key = self.of_asked.get(told) if told is not None else None
        return (self.newest[key], True) if key else (None, False)

    def is_newest(self, item: Item, newest: Item) -> bool:
        return asked(item, self.form) == asked(newest, self.form)


def _versions(course: Course, items: Sequence[Item]) -> Iterable[list[QuestionVersion]]:
    """All versions of each question that has the key or the words of an item."""
    of_course = QuestionVersion.objects.filter(question__course=course)
    for start in range(0, len(items), AT_ONCE):
        some = items[start : start + AT_ONCE]
        by_key = Q(question__key__in={item.key for item in some if item.key})
        worded = of_course.filter(prompt__in={item.prompt for item in some if not item.key})
        same = Q(question__in=worded.order_by().values("question"))
        found = with_answers(of_course.filter(by_key | same)).order_by("question", "number")
        yield list(found)
