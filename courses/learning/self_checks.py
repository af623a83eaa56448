"""Self-checks of a lesson: asked and told at once, by the rules of quizzes; nothing is kept.

Each stands on a paper of its own whose rows are never saved. What names its options, and the order
in which they stand, is drawn from the server's secret: nobody reads anything out of it, and it is
the same each time the page is sent, so that trying again starts where one was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from courses.catalogue.models import Lesson
from courses.learning import papers, posted, results
from courses.learning.models import Answer, PaperOption, PaperQuestion
from courses.learning.results import ResultQuestion
from courses.learning.screens import Screen, screen
from courses.quizzes.models import Key, Option, Question, QuestionVersion, QuizQuestion
from courses.quizzes.queries import sheets
from courses.quizzes.responses import NO_ANSWER, Tokens, is_empty, parse_response


@dataclass(frozen=True)
class Asked:
    """A self-check on its paper."""

    question: PaperQuestion
    options: list[PaperOption]

    @property
    def token(self) -> str:
        return self.question.token

    @property
    def tokens(self) -> Tokens:
        sides: dict[str, set[str]] = {"choice": set(), "left": set(), "right": set()}
        for row in self.options:
            sides[row.option.side].add(row.token)
        return Tokens(sides["choice"], sides["left"], sides["right"])

    @property
    def screen(self) -> Screen:
        return screen(papers.question_shown(self.question, self.options, []))


@dataclass(frozen=True)
class Check:
    """A self-check as the lesson shows it. `told` is there once it was answered, not before."""

    screen: Screen
    told: ResultQuestion | None = None
    problem: str = ""


def of_lesson(lesson: Lesson, *, course_id: int) -> list[Asked]:
    """The self-checks of a lesson in one query, and without their keys."""
    versions: dict[int, QuestionVersion] = {}
    options: dict[int, list[Option]] = {}
    for row in _versions(course_id, lesson.key):
        versions.setdefault(row.pk, row)
        found = options.setdefault(row.pk, [])
        if row.option_pk is not None:
            told = {"text": row.option_text, "feedback": row.option_feedback}
            found.append(Option(pk=row.option_pk, version=row, side=row.option_side, **told))
    rows = enumerate(versions.items(), start=1)
    return [on_paper(version, options[pk], place) for place, (pk, version) in rows]


def unanswered(asked: Iterable[Asked]) -> list[Check]:
    return [Check(row.screen) for row in asked]


def _versions(course_id: int, topic: str) -> QuerySet[Any]:
    """The newest version of each self-check, once for each option.

    Not one that a quiz asks as well: what is told here would be told to who sits that quiz.
    """
    newer = QuestionVersion.objects.filter(
        question=OuterRef("question"), number__gt=OuterRef("number")
    )
    quizzed = QuizQuestion.objects.filter(version__question=OuterRef("question"))
    rows = QuestionVersion.objects.filter(
        ~Exists(newer),
        ~Exists(quizzed),
        Exists(Key.objects.filter(version=OuterRef("pk"))),
        question__course=course_id,
        question__topic=topic,
        question__state=Question.State.SELF_CHECK,
    )
    return (
        rows.select_related("case", "question")
        .annotate(
            option_pk=F("options__pk"),
            option_side=F("options__side"),
            option_text=F("options__text"),
            option_feedback=F("options__feedback"),
        )
        .order_by("question__key", "option_pk")
    )


def on_paper(version: QuestionVersion, options: Iterable[Option], place: int) -> Asked:
    question = PaperQuestion(version=version, position=place, token=_token("version", version.pk))
    drawn = sorted((_token("option", option.pk), option) for option in options)
    rows = [
        PaperOption(question=question, option=option, position=n, token=token)
        for n, (token, option) in enumerate(drawn, start=1)
    ]
    return Asked(question, rows)


def _token(kind: str, pk: int) -> str:
    sealed = salted_hmac("courses.self_check", f"{kind}:{pk}", algorithm="sha256")
    return f"c{sealed.hexdigest()[:15]}"


def answered(asked: Iterable[Asked], form: QueryDict, *, language: str) -> list[Check]:
    """The self-checks with what was answered; told are those that were checked, now or before.

    Who presses Enter in a field has named none: then all that have an answer are told.
    """
    rows = list(asked)
    now = form.get("check", "")
    wanted = {now, *form.getlist("told")} if now else {row.token for row in rows}
    keys = sheets(row.question.version for row in rows if row.token in wanted)
    found = []
    for row in rows:
        try:
            put_answer(row, form, language)
        except NO_ANSWER as refusal:
            found.append(Check(row.screen, problem=str(refusal)))
            continue
        key = keys.get(row.question.version_id)
        if is_empty(row.question.answer.response):
            problem = _("Answer first: then you see whether it is right.")
            found.append(Check(row.screen, problem=problem if row.token == now else ""))
        elif key is None:
            found.append(Check(row.screen))
        else:
            told = results.told_at_once(row.question, row.options, key)
            found.append(Check(row.screen, told))
    return found


def put_answer(row: Asked, form: QueryDict, language: str) -> None:
    """Put the answer of the form on the paper."""
    raw = posted.response_in(form, papers.question_shown(row.question, row.options, []))
    response = parse_response(row.question.version.kind, raw, row.tokens, language=language)
    row.question.answer = Answer(question=row.question, response=response)
