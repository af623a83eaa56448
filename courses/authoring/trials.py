"""A quiz of the draft, answered to try it: graded and told at once, by the rules of quizzes.

It stands on a paper that is never saved, like a self-check: so it is in no attempt, statistic or
record, for whoever tries it. All questions of a group are asked, also where a paper draws a few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from courses.learning import results
from courses.learning.results import ResultQuestion
from courses.learning.screens import Screen
from courses.learning.self_checks import Asked, on_paper, put_answer
from courses.quizzes import grading
from courses.quizzes.models import Option, Quiz, QuizQuestion
from courses.quizzes.queries import sheets
from courses.quizzes.responses import NO_ANSWER


@dataclass(frozen=True)
class Tried:
    """A question with what was answered, and what is told of it."""

    screen: Screen
    told: ResultQuestion | None = None
    problem: str = ""


@dataclass(frozen=True)
class Trial:
    """The whole quiz; once it is handed in, with what was reached."""

    questions: tuple[Tried, ...]
    score: Decimal | None = None
    is_passed: bool | None = None
    right: int = 0


def asked_in(quiz: Quiz) -> list[Asked]:
    """Every question of the quiz on its paper, in two queries and without the keys."""
    lines = QuizQuestion.objects.filter(group__quiz=quiz).select_related(
        "version__case", "version__question"
    )
    in_order = lines.order_by("group__position", "position")
    versions = list(dict.fromkeys(line.version for line in in_order))
    options: dict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(version__in=versions).order_by("pk"):
        options[option.version_id].append(option)
    return [on_paper(one, options[one.pk], place) for place, one in enumerate(versions, start=1)]


def begun(rows: Iterable[Asked]) -> Trial:
    return Trial(tuple(Tried(row.screen) for row in rows))


def handed_in(quiz: Quiz, rows: list[Asked], form: QueryDict, *, language: str) -> Trial:
    """The answers of the form, graded as they would be in an attempt."""
    keys = sheets(row.question.version for row in rows)
    questions, parts = [], []
    for row in rows:
        problem = _problem(row, form, language)
        told = results.told_at_once(row.question, row.options, keys[row.question.version_id])
        questions.append(Tried(row.screen, told, problem))
        parts.append((row.question.version.points, told.share or Decimal(0)))
    if quiz.plan == Quiz.Plan.SURVEY:
        return Trial(tuple(Tried(one.screen, None, one.problem) for one in questions))
    score = grading.score(parts)
    is_passed = score >= quiz.pass_mark if quiz.pass_mark is not None else None
    right = sum(one.told is not None and one.told.verdict == "right" for one in questions)
    return Trial(tuple(questions), score, is_passed, right)


def _problem(row: Asked, form: QueryDict, language: str) -> str:
    """Put the answer on the paper; what cannot be understood is told, and counts as none."""
    try:
        put_answer(row, form, language)
    except NO_ANSWER as refusal:
        return str(refusal)
    return ""
