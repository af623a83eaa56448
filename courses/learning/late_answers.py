"""Answers that came after the end, and what taking each of them would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from courses.catalogue.models import Course
from courses.learning.models import Attempt, OtherAnswer, PaperOption, PaperQuestion
from courses.learning.roster import waiting_late
from courses.quizzes import grading, words
from courses.quizzes.models import Quiz
from courses.quizzes.queries import sheets
from courses.quizzes.responses import is_empty, understood


@dataclass(frozen=True)
class Late:
    """A late answer beside the one that stands, and the score with either."""

    other: OtherAnswer
    standing: str  # in words; empty: nothing was answered
    sent: str
    now: Decimal | None
    then: Decimal | None
    passes_now: bool | None
    passes_then: bool | None

    @property
    def attempt(self) -> Attempt:
        return self.other.question.attempt


class _Option(NamedTuple):
    """One of thousands on a page: no more of it than is used."""

    token: str
    option_id: int
    text: str


def of_course(course: Course) -> QuerySet[OtherAnswer]:
    """Every late answer of the course, decided or not."""
    return _shown(OtherAnswer.objects.filter(reason=OtherAnswer.Reason.LATE), course)


def waiting(course: Course) -> QuerySet[OtherAnswer]:
    """What a trainer of the course is to decide on, the longest waiting first."""
    return _shown(waiting_late(), course).order_by("received_at", "pk")


def left_aside(course: Course) -> QuerySet[OtherAnswer]:
    """What a trainer left aside; the learner's own decisions between devices are none of these."""
    rows = of_course(course).filter(outcome=OtherAnswer.Outcome.LEFT)
    return rows.order_by("-decided_at", "-pk")


def _shown(rows: QuerySet[OtherAnswer], course: Course) -> QuerySet[OtherAnswer]:
    return rows.filter(question__attempt__quiz__edition__course=course).select_related(
        "question__attempt__quiz__edition",
        "question__attempt__enrolment__learner",
        "question__version",
        "decided_by",
    )


def effects(others: Sequence[OtherAnswer]) -> list[Late]:
    """Each with the score as it is and as it would be, in three queries.

    Both are by the key as it is now: taking an answer grades the attempt again.
    """
    attempts = {other.question.attempt_id for other in others}
    papers: dict[int, list[PaperQuestion]] = defaultdict(list)
    rows = PaperQuestion.objects.filter(attempt__in=attempts).select_related("version", "answer")
    for row in rows.order_by("attempt", "position"):
        papers[row.attempt_id].append(row)
    options: dict[int, list[_Option]] = defaultdict(list)
    of_these = PaperOption.objects.filter(question__attempt__in=attempts)
    for question, token, option, text in of_these.order_by("question", "position").values_list(
        "question", "token", "option", "option__text"
    ):
        options[question].append(_Option(token, option, text))
    keys = sheets([row.version for paper in papers.values() for row in paper])
    return [_late(other, papers[other.question.attempt_id], options, keys) for other in others]


def _late(
    other: OtherAnswer,
    paper: Iterable[PaperQuestion],
    options: dict[int, list[_Option]],
    keys: dict[int, grading.Sheet],
) -> Late:
    now: list[tuple[Decimal, Decimal]] = []
    then: list[tuple[Decimal, Decimal]] = []
    standing = sent = ""
    for row in paper:
        answer = getattr(row, "answer", None)
        stored = answer.response if answer else None
        with_stored = _earned(row, stored, options[row.pk], keys)
        now.append(with_stored)
        if row.pk != other.question_id:
            then.append(with_stored)
            continue
        then.append(_earned(row, other.response, options[row.pk], keys))
        standing = _in_words(row, stored, options[row.pk])
        sent = _in_words(row, other.response, options[row.pk])
    quiz = other.question.attempt.quiz
    if quiz.plan == Quiz.Plan.SURVEY:
        return Late(other, standing, sent, None, None, None, None)
    before, after = grading.score(now), grading.score(then)
    mark = quiz.pass_mark
    passes = (None, None) if mark is None else (before >= mark, after >= mark)
    return Late(other, standing, sent, before, after, *passes)


def _earned(
    row: PaperQuestion, response: Any, options: list[_Option], keys: dict[int, grading.Sheet]
) -> tuple[Decimal, Decimal]:
    """The question's points, and the share of them that this response earns."""
    given = _understood(row, response, options)
    return row.version.points, grading.share(keys[row.version_id], given)


def _understood(row: PaperQuestion, response: Any, options: list[_Option]) -> grading.Response:
    ids = {option.token: option.option_id for option in options}
    return understood(row.version.kind, response, ids)


def _in_words(row: PaperQuestion, response: Any, options: list[_Option]) -> str:
    if is_empty(response):
        return ""
    texts = {option.option_id: option.text for option in options}
    return words.of_response(_understood(row, response, options), texts)
