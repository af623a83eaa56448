"""The questions of course files: each an identity, and a next version whenever its words change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from courses.catalogue.models import Course
from courses.quizzes.models import Key, Option, Question, QuestionVersion
from partnership.sources.loading import Loaded, fingerprint_of, load, remember, remembered

VERSIONS = "courses.questionversion"
WORDS = ("kind", "prompt", "points", "explanation", "basis", "unit", "has_partial_credit")
ANSWERS = ("options", "pairs", "order", "accepted", "number", "tolerance", "tolerance_kind")
# By key of the question, within one course.
Bank = dict[str, QuestionVersion]


def asked(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a learner reads and answers: what makes a version another one."""
    return {name: row[name] for name in (*WORDS, *ANSWERS) if name in row}


def load_questions(
    courses: Mapping[str, Course], files: Iterable[Mapping[str, Any]], done: Loaded
) -> dict[str, Bank]:
    """The newest version of each question of the files, by course and key.

    A version that a person wrote later stays the newest. Deleted questions are missing.
    """
    rows = {
        (courses[file["code"]], row["key"]): row
        for file in files
        if file["code"] in courses
        for row in file["questions"]
    }
    found = load(
        Question,
        [_identity(course, row) for (course, _), row in rows.items()],
        key=("course", "key"),
        done=done,
    )
    newest = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(question__in=found.values())
        .select_related("question")
        .order_by("number")
    }
    writing = _Writing(newest, done)
    bank: dict[str, Bank] = {course.code: {} for course in courses.values()}
    for (course, key), row in rows.items():
        question = found.get((course.pk, key))
        if question is not None and (version := writing.newest(course, question, row)):
            bank[course.code][key] = version
    writing.finish()
    return bank


def _identity(course: Course, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "course": course,
        "key": row["key"],
        "topic": row["topic"],
        "state": row.get("state", Question.State.ACTIVE),
        "note": row.get("note", ""),
    }


class _Writing:
    """Versions that are new, gathered and written at once with their options and answers."""

    def __init__(self, present: Mapping[int, QuestionVersion], done: Loaded):
        self.present, self.done = present, done
        self.last = remembered(VERSIONS)
        self.marks: dict[str, str] = {}
        self.versions: list[QuestionVersion] = []
        self.options: list[Option] = []
        self.keys: list[Key] = []

    def newest(
        self, course: Course, question: Question, row: Mapping[str, Any]
    ) -> QuestionVersion | None:
        """The version to ask from now on: the one that is there, or the next one."""
        present, wanted = self.present.get(question.pk), fingerprint_of(asked(row))
        name = f"{course.code}/{question.key}"
        if present is None and f"{name}/1" in self.last:
            self.done.counts["questions left deleted"] += 1
            return None
        if present is not None:
            last = self.last.get(f"{name}/{present.number}")
            if last is None:
                self.done.counts["questions left as edited"] += 1
            if last in (None, wanted):
                return present
        number = present.number + 1 if present else 1
        self.marks[f"{name}/{number}"] = wanted
        return self._write(question, number, row)

    def _write(self, question: Question, number: int, row: Mapping[str, Any]) -> QuestionVersion:
        words = {name: row[name] for name in WORDS if name in row}
        version = QuestionVersion(question=question, number=number, **words)
        self.versions.append(version)
        for option, key in _answers(version, row):
            self.options += option
            self.keys += key
        return version

    def finish(self) -> None:
        QuestionVersion.objects.bulk_create(self.versions)
        Option.objects.bulk_create(self.options)
        Key.objects.bulk_create(self.keys)
        remember(VERSIONS, self.marks)
        if self.versions:
            self.done.counts["versions of questions added"] += len(self.versions)
            self.done.has_written = True


def _answers(
    version: QuestionVersion, row: Mapping[str, Any]
) -> Iterator[tuple[list[Option], list[Key]]]:
    """Options and right answers, line by line, not saved yet."""
    for position, choice in enumerate(row.get("options", ()), start=1):
        option = Option(
            version=version,
            position=position,
            text=choice["text"],
            feedback=choice.get("feedback", ""),
        )
        yield [option], [Key(version=version, option=option)] if choice.get("is_right") else []
    for position, (left, right) in enumerate(row.get("pairs", ()), start=1):
        one, other = (
            Option(version=version, side=side, position=position, text=text)
            for side, text in ((Option.Side.LEFT, left), (Option.Side.RIGHT, right))
        )
        yield [one, other], [Key(version=version, option=one, match=other)]
    for place, text in enumerate(row.get("order", ()), start=1):
        option = Option(version=version, position=place, text=text)
        yield [option], [Key(version=version, option=option, place=place)]
    for text in row.get("accepted", ()):
        yield [], [Key(version=version, text=text)]
    if "number" in row:
        kind = row.get("tolerance_kind", Key.Tolerance.ABSOLUTE)
        accepted = {"number": row["number"], "tolerance": row["tolerance"], "tolerance_kind": kind}
        yield [], [Key(version=version, **accepted)]
