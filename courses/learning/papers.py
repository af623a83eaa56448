"""What a learner gets before the end: nothing here tells what is right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from courses.learning.models import OtherAnswer, PaperOption, PaperQuestion
from courses.learning.models.attempts import Attempt, AttemptQuerySet
from courses.quizzes.responses import Tokens, is_empty

# After the deadline, for what was under way when it came.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True)
class Place:
    """One question of one open or closed paper, with all that a save has to know of it."""

    attempt_id: int
    question_id: int
    token: str
    plan: str
    kind: str
    asks_unit: bool
    deadline_at: datetime | None
    submitted_at: datetime | None
    answer_id: int | None
    revision: int  # 0 without an answer
    response: dict[str, Any] | None
    saved_at: datetime | None
    saves: dict[str, int]  # key of a save -> the revision it made
    tokens: Tokens

    def is_over(self, at: datetime) -> bool:
        return self.submitted_at is not None or is_past(self.deadline_at, at)


def is_past(deadline_at: datetime | None, at: datetime) -> bool:
    """Whether the deadline and its grace are over."""
    return deadline_at is not None and at > deadline_at + GRACE


def seconds_left(deadline_at: datetime | None, at: datetime) -> int | None:
    """Until the deadline; the grace behind it is not told. None without a limit."""
    return None if deadline_at is None else max(0, int((deadline_at - at).total_seconds()))


# Not the key, not the order as written, not the explanation.
_OF_A_PLACE = {
    "attempt": "attempt_id",
    "question": "pk",
    "plan": "attempt__quiz__plan",
    "kind": "version__kind",
    "unit": "version__unit",
    "deadline_at": "attempt__deadline_at",
    "submitted_at": "attempt__submitted_at",
    "answer": "answer__pk",
    "revision": "answer__revision",
    "response": "answer__response",
    "saved_at": "answer__saved_at",
    "saves": "answer__saves",
    "option": "options__token",
    "side": "options__option__side",
}


def place(attempts: AttemptQuerySet, token: str) -> Place | None:
    """The question with this token in the one attempt of this scope, in one query."""
    # The attempt is found first, by itself: joined to all that follows, it is too much for the
    # planner of PostgreSQL, which then reads every paper there is.
    this = Subquery(attempts.order_by().values("pk")[:1])
    found = PaperQuestion.objects.filter(attempt=this, token=token).order_by()
    # One row for each option, and one for a question without any.
    rows = [
        dict(zip(_OF_A_PLACE, row, strict=True)) for row in found.values_list(*_OF_A_PLACE.values())
    ]
    if not rows:
        return None
    tokens: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        tokens[row["side"]].add(row["option"])
    row = rows[0]
    return Place(
        attempt_id=row["attempt"],
        question_id=row["question"],
        token=token,
        plan=row["plan"],
        kind=row["kind"],
        asks_unit=bool(row["unit"]),
        deadline_at=row["deadline_at"],
        submitted_at=row["submitted_at"],
        answer_id=row["answer"],
        revision=row["revision"] or 0,
        response=row["response"],
        saved_at=row["saved_at"],
        saves=row["saves"] or {},
        tokens=Tokens(tokens["choice"], tokens["left"], tokens["right"]),
    )


@dataclass(frozen=True)
class ShownOption:
    token: str
    text: str


@dataclass(frozen=True)
class ShownCase:
    title: str
    html: str


@dataclass(frozen=True)
class OtherShown:
    """An answer kept beside that waits for the learner's choice."""

    pk: int
    response: dict[str, Any]
    device: str
    received_at: datetime


@dataclass(frozen=True)
class ShownQuestion:
    token: str
    position: int  # from 1
    kind: str
    prompt: str
    prompt_html: str
    case: ShownCase | None
    choices: tuple[ShownOption, ...]
    left: tuple[ShownOption, ...]
    right: tuple[ShownOption, ...]
    asks_unit: bool
    is_flagged: bool
    response: dict[str, Any] | None
    is_answered: bool
    revision: int
    saved_at: datetime | None
    others: tuple[OtherShown, ...] = ()


@dataclass(frozen=True)
class Paper:
    uuid: UUID
    plan: str
    title: str
    seconds_left: int | None
    limit_minutes: int | None
    extension_minutes: int
    questions: tuple[ShownQuestion, ...]

    @property
    def unanswered(self) -> tuple[ShownQuestion, ...]:
        return tuple(row for row in self.questions if not row.is_answered)

    @property
    def flagged(self) -> tuple[ShownQuestion, ...]:
        return tuple(row for row in self.questions if row.is_flagged)


def paper(attempt: Attempt, *, at: datetime) -> Paper:
    """The whole paper of an attempt in three queries, besides its quiz."""
    options: dict[int, list[PaperOption]] = defaultdict(list)
    of_this = PaperOption.objects.filter(question__attempt=attempt).select_related("option")
    for option in of_this.order_by("question", "position"):
        options[option.question_id].append(option)
    others: dict[int, list[OtherShown]] = defaultdict(list)
    waiting = OtherAnswer.objects.filter(
        question__attempt=attempt, reason=OtherAnswer.Reason.DEVICE, outcome="waiting"
    )
    for other in waiting.order_by("received_at", "pk"):
        shown = OtherShown(other.pk, other.response, other.device, other.received_at)
        others[other.question_id].append(shown)
    questions = attempt.paper.select_related("version__case", "answer").order_by("position")
    return Paper(
        uuid=attempt.uuid,
        plan=attempt.quiz.plan,
        title=attempt.quiz.title,
        seconds_left=seconds_left(attempt.deadline_at, at),
        limit_minutes=attempt.quiz.time_limit_minutes,
        extension_minutes=attempt.extension_minutes,
        questions=tuple(question_shown(row, options[row.pk], others[row.pk]) for row in questions),
    )


def question_shown(
    question: PaperQuestion, options: list[PaperOption], others: list[OtherShown]
) -> ShownQuestion:
    """One question with what its learner answered so far."""
    version, answer = question.version, getattr(question, "answer", None)

    def side(name: str) -> tuple[ShownOption, ...]:
        return tuple(ShownOption(o.token, o.option.text) for o in options if o.option.side == name)

    return ShownQuestion(
        token=question.token,
        position=question.position,
        kind=version.kind,
        prompt=version.prompt,
        prompt_html=version.prompt_html,
        case=ShownCase(version.case.title, version.case.html) if version.case else None,
        choices=side("choice"),
        left=side("left"),
        right=side("right"),
        asks_unit=bool(version.unit),
        is_flagged=question.is_flagged,
        response=answer.response if answer else None,
        is_answered=answer is not None and not is_empty(answer.response),
        revision=answer.revision if answer else 0,
        saved_at=answer.saved_at if answer else None,
        others=tuple(others),
    )
