"""What a learner may see of a result, by the quiz's plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from courses.learning.models import Attempt, PaperOption, PaperQuestion
from courses.learning.sittings import Limits, limits
from courses.quizzes import grading, words
from courses.quizzes.grading import ChoiceSheet, Chosen, Response, Sheet
from courses.quizzes.models import Quiz
from courses.quizzes.queries import sheets
from courses.quizzes.responses import is_empty, understood


@dataclass(frozen=True)
class ResultOption:
    text: str
    is_chosen: bool
    is_right: bool | None  # None: not told
    feedback: str  # of what was chosen; of all once right answers are shown


@dataclass(frozen=True)
class ResultQuestion:
    """The version that was seen. `right_answer` and explanation are empty until shown."""

    token: str
    position: int
    kind: str
    topic: str  # the key of the lesson it is about, as far as it is of one
    prompt_html: str
    case_title: str
    case_html: str
    response: dict[str, Any] | None
    your_answer: str
    verdict: str  # "right", "partly", "wrong", "unanswered", or "" for a survey
    share: Decimal | None
    options: tuple[ResultOption, ...]
    right_answer: str
    explanation_html: str


@dataclass(frozen=True)
class Result:
    score: Decimal | None
    is_passed: bool | None
    pass_mark: Decimal | None
    closed_by: str
    shows_feedback: bool
    shows_right_answers: bool
    attempts_left: int | None  # None: no limit
    waits_until: datetime | None  # when the next attempt can begin, while that is to come
    questions: tuple[ResultQuestion, ...]


@dataclass(frozen=True)
class _Told:
    """How much may be told."""

    feedback: bool
    right_answers: bool


_EVERYTHING = _Told(feedback=True, right_answers=True)


@dataclass(frozen=True)
class _Rows:
    """What the answers are told from, by question of the paper or by version."""

    options: dict[int, list[PaperOption]]
    keys: dict[int, Sheet]


def result(attempt: Attempt, *, at: datetime) -> Result:
    """The result of a closed attempt, in six queries besides its quiz and enrolment.

    Practice tells all. Check and exam tell what was right and wrong and the feedback of what was
    chosen; the right answers only when one attempt was passed or none is left. So does a pre-test,
    whose right answers come with passing the quiz that counts. A survey tells nothing.
    """
    quiz = attempt.quiz
    may = limits(attempt.enrolment, quiz, at=at)
    told = _Told(
        feedback=quiz.plan != Quiz.Plan.SURVEY,
        right_answers=quiz.plan != Quiz.Plan.SURVEY and _shows_right_answers(attempt, may),
    )
    questions = list(_read(attempt.paper.order_by("position")))
    rows = _rows(questions, told)
    return Result(
        score=attempt.score,
        is_passed=attempt.is_passed,
        pass_mark=quiz.pass_mark,
        closed_by=attempt.closed_by,
        shows_feedback=told.feedback,
        shows_right_answers=told.right_answers,
        attempts_left=may.left,
        waits_until=may.waits_until,
        questions=tuple(_question(question, rows, told) for question in questions),
    )


def _shows_right_answers(attempt: Attempt, may: Limits) -> bool:
    """Not while another attempt is open: what is told here would be told to that one."""
    if attempt.quiz.plan == Quiz.Plan.PRACTISE:
        return True
    if attempt.quiz.plan == Quiz.Plan.PRETEST:
        passed = Attempt.objects.filter(enrolment=attempt.enrolment_id, is_passed=True)
        return passed.filter(quiz__module__isnull=True).exists()
    rows = Attempt.objects.filter(enrolment=attempt.enrolment_id, quiz=attempt.quiz_id)
    pairs = list(rows.order_by().values_list("submitted_at", "is_passed"))
    if any(submitted_at is None for submitted_at, _is_passed in pairs):
        return False
    return may.is_used_up or any(is_passed for _submitted_at, is_passed in pairs)


def feedback(attempt: Attempt, token: str) -> ResultQuestion | None:
    """Practise only: one question at once, when it is answered. Else None."""
    if attempt.quiz.plan != Quiz.Plan.PRACTISE:
        return None
    question = _read(attempt.paper.filter(token=token)).first()
    answer = getattr(question, "answer", None)
    if question is None or answer is None or is_empty(answer.response):
        return None
    rows = _rows([question], _EVERYTHING)
    return _question(question, rows, _EVERYTHING)


def told_at_once(question: PaperQuestion, options: list[PaperOption], key: Sheet) -> ResultQuestion:
    """All that can be told of one answered question, of a paper that was perhaps never saved."""
    rows = _Rows({question.pk: options}, {question.version_id: key})
    return _question(question, rows, _EVERYTHING)


def _read(rows: QuerySet[PaperQuestion]) -> QuerySet[PaperQuestion]:
    return rows.select_related("version__case", "version__question", "answer")


def _rows(questions: list[PaperQuestion], told: _Told) -> _Rows:
    options: dict[int, list[PaperOption]] = defaultdict(list)
    rows = PaperOption.objects.filter(question__in=questions).select_related("option")
    for row in rows.order_by("question", "position"):
        options[row.question_id].append(row)
    keys = sheets([question.version for question in questions]) if told.feedback else {}
    return _Rows(options, keys)


def _question(question: PaperQuestion, rows: _Rows, told: _Told) -> ResultQuestion:
    version, options = question.version, rows.options[question.pk]
    answer = getattr(question, "answer", None)
    stored = answer.response if answer and not is_empty(answer.response) else None
    ids = {row.token: row.option_id for row in options}
    texts = {row.option_id: row.option.text for row in options}
    given = understood(version.kind, stored, ids)
    # An open attempt of practice has no shares yet: it is told what it earns by now.
    share = grading.share(rows.keys[version.pk], given) if told.feedback else None
    if answer is not None and answer.share is not None and told.feedback:
        share = answer.share
    key = rows.keys[version.pk] if told.right_answers else None
    return ResultQuestion(
        token=question.token,
        position=question.position,
        kind=version.kind,
        topic=version.question.topic,
        prompt_html=version.prompt_html,
        case_title=version.case.title if version.case else "",
        case_html=version.case.html if version.case else "",
        response=stored,
        your_answer=words.of_response(given, texts) if stored else "",
        verdict=_verdict(stored, share),
        share=share,
        options=_options(options, given, key, told),
        right_answer=words.of_sheet(key, texts) if key else "",
        explanation_html=version.explanation_html if key else "",
    )


def _verdict(stored: object, share: Decimal | None) -> str:
    if share is None:
        return ""
    if not stored:
        return "unanswered"
    return "right" if share == 1 else "partly" if share else "wrong"


def _options(
    rows: list[PaperOption], given: Response, key: Sheet | None, told: _Told
) -> tuple[ResultOption, ...]:
    """Options of a choice; other kinds are told in words."""
    if not isinstance(given, Chosen):
        return ()
    shown = []
    for row in rows:
        is_chosen = row.option_id in given.options
        is_right = row.option_id in key.right if isinstance(key, ChoiceSheet) else None
        tells = told.right_answers or (told.feedback and is_chosen)
        feedback = row.option.feedback if tells else ""
        shown.append(ResultOption(row.option.text, is_chosen, is_right, feedback))
    return tuple(shown)
