"""Whole courses from their files: text, questions, quizzes, published the first time.

A file that changed later opens a draft, or writes again the draft that it opened before, as long as
no person touched it. What is published stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from courses.catalogue.content import (
    course_files,
    load_identities,
    load_paths,
    load_translations,
    write_text,
)
from courses.catalogue.models import Course, Edition
from courses.quizzes.bank import Bank, asked, load_questions
from courses.quizzes.models import Question, QuestionVersion, Quiz, QuizGroup, QuizQuestion
from courses.quizzes.services import publish
from partnership.lib import clock
from partnership.sources.loading import Loaded, fingerprint_of, remember, remembered

TEXTS, DRAFTS = "courses.edition", "courses.draft"


def load_courses(done: Loaded) -> None:
    """Bring in what is new in the course files. Running it again changes nothing."""
    files = course_files()
    courses = load_identities(files, done)
    bank = load_questions(courses, files, done)
    writing = _Writing(done)
    for file in files:
        if course := courses.get(file["code"]):
            writing.write(course, file, bank[course.code])
    writing.finish()
    load_paths(courses, done)
    load_translations(done)


class _Writing:
    """One run over the texts of the courses."""

    def __init__(self, done: Loaded):
        self.done = done
        self.texts, self.drafts = remembered(TEXTS), remembered(DRAFTS)
        self.text_marks: dict[str, str] = {}
        self.draft_marks: dict[str, str] = {}

    def write(self, course: Course, file: Mapping[str, Any], bank: Bank) -> None:
        """The first edition is published, a later one is a draft for a person to look at."""
        code, wanted = course.code, _fingerprint(file)
        last = self.texts.get(code)
        if last == wanted:
            return
        newest = course.editions.order_by("-number").first()
        if not self._may_write(code, last, newest):
            self.done.counts["editions left as edited"] += 1
            return
        number = 1
        if newest is not None:
            number = newest.number + (not newest.is_draft)
            if newest.is_draft:
                newest.delete()
        edition = write_text(course, file, number=number)
        _write_quizzes(edition, file, bank)
        if last is None:
            publish(edition, at=clock.now())
        else:
            self.draft_marks[code] = as_written(edition)
        self.text_marks[code] = wanted
        self.done.counts["editions published" if last is None else "editions opened as draft"] += 1
        self.done.has_written = True

    def _may_write(self, code: str, last: str | None, newest: Edition | None) -> bool:
        """Not into a course that a person began, not over a draft that people write or read."""
        if newest is None:
            return last is None
        if last is None:
            return False
        if not newest.is_draft:
            return True
        is_read = newest.comments.exists() or newest.reviews.exists()
        return not is_read and as_written(newest) == self.drafts.get(code)

    def finish(self) -> None:
        remember(TEXTS, self.text_marks)
        remember(DRAFTS, self.draft_marks)


def _fingerprint(file: Mapping[str, Any]) -> str:
    """Of all that makes an edition. What is held back and notes of the editors are not in it."""
    questions = [(row["key"], asked(row)) for row in _quizzed(file)]
    plans = [file["quiz"], file["pretest"], file["blueprint"]]
    return fingerprint_of([file["edition"], file["modules"], *plans, questions])


def _quizzed(file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    active = Question.State.ACTIVE
    return [row for row in file["questions"] if row.get("state", active) == active]


def _write_quizzes(edition: Edition, file: Mapping[str, Any], bank: Bank) -> None:
    """The quiz that counts and the pre-test, both by the blueprint: as many from each module."""
    for position, told in ((2, file["quiz"]), (1, file["pretest"])):
        quiz = Quiz.objects.create(edition=edition, position=position, **told)
        rows = list(pools(file))
        groups = QuizGroup.objects.bulk_create(
            QuizGroup(quiz=quiz, position=place, title=title, quota=quota)
            for place, (title, quota, _keys) in enumerate(rows, start=1)
        )
        QuizQuestion.objects.bulk_create(
            QuizQuestion(group=group, version=version, position=place)
            for group, (_title, _quota, keys) in zip(groups, rows, strict=True)
            for place, version in enumerate(_active(bank, keys), start=1)
        )


def pools(file: Mapping[str, Any]) -> Iterator[tuple[str, int, list[str]]]:
    """The blueprint, row by row: title, how many are drawn, and the keys they are drawn from."""
    modules = {module["key"]: module for module in file["modules"]}
    for row in file["blueprint"]:
        module = modules[row["module"]]
        topics = {lesson["key"] for lesson in module["lessons"]}
        keys = [question["key"] for question in _quizzed(file) if question["topic"] in topics]
        yield module["title"], row["quota"], keys


def _active(bank: Bank, keys: Iterable[str]) -> Iterator[QuestionVersion]:
    """Without those that a person deleted or took out of use since."""
    versions = (bank[key] for key in keys if key in bank)
    return (one for one in versions if one.question.state == Question.State.ACTIVE)


def as_written(edition: Edition) -> str:
    """A fingerprint of all that a draft holds, as its rows say it now."""
    own = {"pk", "id", "edition", "module", "quiz", "group"}
    own |= {"html", "renderer_version", "pictures_kb"}
    # A draft is never withdrawn; what was remembered before there were these columns holds still.
    told_of = [f.attname for f in Edition._meta.concrete_fields if "withdrawn" not in f.name]

    def told(rows: Any, *more: str) -> list[Any]:
        names = [field.name for field in rows.model._meta.concrete_fields if field.name not in own]
        return list(rows.order_by(*more, "position").values_list(*more, *names))

    groups = QuizGroup.objects.filter(quiz__edition=edition)
    lines = QuizQuestion.objects.filter(group__quiz__edition=edition)
    rows = Edition.objects.filter(pk=edition.pk)
    return fingerprint_of(
        [
            list(rows.values_list(*told_of)),
            told(edition.modules.all()),
            told(edition.lessons.all(), "module__key"),
            told(edition.quizzes.all(), "module__key"),
            told(groups, "quiz__key"),
            told(lines, "group__quiz__key", "group__position"),
        ]
    )
