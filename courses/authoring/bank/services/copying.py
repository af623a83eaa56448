"""Questions are taken into another course: a copy that knows where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.authoring.bank.refusals import NotNow
from courses.authoring.bank.rows import item_of
from courses.authoring.bank.services.questions import Keys, Writing, keys_of, write_all
from courses.catalogue.models import Course
from courses.quizzes.models import Question, QuestionCase, QuestionVersion
from partnership.audit import services as audit


@dataclass(frozen=True)
class Copied:
    """The first version of each copy, and how many were in the course already."""

    versions: tuple[QuestionVersion, ...]
    already: int


def take_over(
    versions: Sequence[QuestionVersion], course: Course, *, by: Any, at: datetime
) -> Copied:
    """Copy questions, with their answers, into a course that does not have them yet.

    A copy is asked and counted by itself; its origin goes on as it was. What this course asks
    itself, and what it has from the same version already, is left out. Refuses NotNow.
    """
    try:
        with transaction.atomic():
            held = Course.objects.select_for_update().get(pk=course.pk)
            new = _missing(versions, held)
            made = _written(new, held)
            _note(new, made, held, by, at)
    except IntegrityError:
        told = _("The bank changed in this moment. Nothing was written: try again.")
        raise NotNow(told) from None
    return Copied(tuple(made), len(versions) - len(made))


def _missing(versions: Iterable[QuestionVersion], course: Course) -> list[QuestionVersion]:
    """Those that this course neither asks itself nor has copied in this version."""
    given = list(versions)
    from_where = Question.objects.filter(course=course, copied_from__in=given)
    there = set(from_where.values_list("copied_from", flat=True))
    return [one for one in given if one.pk not in there and one.question.course_id != course.pk]


def _written(versions: Sequence[QuestionVersion], course: Course) -> list[QuestionVersion]:
    keys, cases = keys_of(course), _cases(versions, course)
    lines = [_line(version, course, keys, cases) for version in versions]
    Question.objects.bulk_create([line.question for line in lines])
    return write_all(lines)


def _line(
    version: QuestionVersion, course: Course, keys: Keys, cases: dict[int, QuestionCase]
) -> Writing:
    origin = version.question
    question = Question(
        course=course,
        key=keys.free(origin.key),
        topic=origin.topic,
        state=origin.state,
        note=origin.note,
        copied_from=version,
    )
    case = cases[version.case_id].pk if version.case_id else None
    return Writing(question, 1, item_of(version), case_id=case)


def _cases(versions: Iterable[QuestionVersion], course: Course) -> dict[int, QuestionCase]:
    """The texts that questions share, as this course has them. One that is there is not doubled."""
    wanted = {one.case_id: one.case for one in versions if one.case_id and one.case}
    if not wanted:
        return {}
    there = list(QuestionCase.objects.filter(course=course))
    by_words = {(one.title, one.text): one for one in there}
    keys = Keys({one.key.lower() for one in there})
    new = []
    for case in wanted.values():
        if (case.title, case.text) not in by_words:
            key = keys.free(case.key)
            told = {"title": case.title, "text": case.text}
            made = QuestionCase(course=course, key=key, **told)
            by_words[case.title, case.text] = made
            new.append(made)
    QuestionCase.objects.bulk_create(new)
    return {pk: by_words[case.title, case.text] for pk, case in wanted.items()}


def _note(
    origins: Sequence[QuestionVersion],
    made: Sequence[QuestionVersion],
    course: Course,
    by: Any,
    at: datetime,
) -> None:
    if not made:
        return
    from_where = [f"{one.question.course.code}/{one.question.key}/{one.number}" for one in origins]
    keys = [one.question.key for one in made]
    changes = {"course": course.code, "from": from_where, "to": keys}
    audit.record("questions.copy", at=at, by=by, of=("course", course.slug), changes=changes)
