"""What a trainer decides on: more time or attempts for one or many, requests, late answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.learning import allowance_notices
from courses.learning.models import Allowance, AttemptRequest, Enrolment, OtherAnswer
from courses.learning.services.allowances import More, answer_request, grant
from courses.learning.services.answers import AlreadyDecided, choose_other
from courses.learning.services.grading import ReasonMissing
from courses.quizzes.models import Quiz
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable

# Each is a few statements of one transaction: more people than a course has in one country.
MOST_AT_ONCE = 300


class NobodyChosen(Refusal):
    """None of those who were chosen learns from the edition of this quiz."""

    code = "nobody_chosen"


class TooManyAtOnce(Refusal):
    code = "too_many_at_once"


def grant_to(
    enrolments: Sequence[Enrolment], quiz: Quiz, more: More, *, by: Any, at: datetime
) -> tuple[list[Allowance], bool]:
    """The same for each of them, all or nothing; each gets a mail. And whether that was done now.

    Only who learns from the quiz's edition now can be meant: the others are left out. The same
    stamp again grants nothing and gives what was granted with it. Refuses NobodyChosen,
    TooManyAtOnce and what `grant` refuses.
    """
    if earlier := _granted_by(quiz, more):
        return earlier, False
    try:
        return _granted_now(enrolments, quiz, more, by=by, at=at), True
    except IntegrityError:
        # Sent twice at once: the other was first.
        if earlier := _granted_by(quiz, more):
            return earlier, False
        raise


def _granted_by(quiz: Quiz, more: More) -> list[Allowance]:
    return list(quiz.allowances.filter(stamp=more.stamp)) if more.stamp else []


@transaction.atomic
def _granted_now(
    enrolments: Sequence[Enrolment], quiz: Quiz, more: More, *, by: Any, at: datetime
) -> list[Allowance]:
    meant = [one for one in enrolments if one.edition_id == quiz.edition_id and not one.left_at]
    if not meant:
        raise NobodyChosen(_("Nobody of those chosen learns from the edition of this quiz."))
    if len(meant) > MOST_AT_ONCE:
        raise TooManyAtOnce(
            _("At most %(most)s people at once; these are %(n)s. Choose fewer.")
            % {"most": MOST_AT_ONCE, "n": len(meant)}
        )
    allowances = []
    for enrolment in meant:
        allowance = grant(enrolment, quiz, more, by=by, at=at)
        subject, body = allowance_notices.granted(allowance)
        _tell(f"allowance:{allowance.pk}", enrolment.learner, subject, body, at)
        allowances.append(allowance)
    return allowances


@transaction.atomic
def answer(
    request: AttemptRequest, *, is_granted: bool, reason: str, by: Any, at: datetime
) -> AttemptRequest:
    """Grant one attempt or say no, and tell the learner. A no needs its reason."""
    if not is_granted and not reason.strip():
        raise ReasonMissing(_("Say why: the learner is told."))
    answered = answer_request(request, is_granted=is_granted, reason=reason, by=by, at=at)
    if is_granted:
        rows = Allowance.objects.filter(enrolment=request.enrolment_id, quiz=request.quiz_id)
        allowance = rows.select_related("enrolment__learner", "quiz__edition__course").latest("pk")
        subject, body = allowance_notices.granted(allowance)
    else:
        subject, body = allowance_notices.declined(request, reason.strip())
    _tell(f"attempt-request:{request.pk}", request.enrolment.learner, subject, body, at)
    return answered


def _tell(key: str, learner: Any, subject: str, body: str, at: datetime) -> None:
    kind = Stoppable(Kind.LEARNING, learner)
    mail.queue(key, to=learner.email, subject=subject, body=body, at=at, stoppable=kind)


@transaction.atomic
def leave_late(other: OtherAnswer, *, by: Any, at: datetime) -> OtherAnswer:
    """Do not take an answer that came after the end. Refuses AlreadyDecided; `put_back` undoes."""
    choose_other(other, take=False, by=by, at=at)
    audit.record("answer.leave", at=at, by=by, of=("attempt", str(other.question.attempt.uuid)))
    return other


@transaction.atomic
def put_back(other: OtherAnswer, *, by: Any, at: datetime) -> OtherAnswer:
    """Let a late answer that was left aside wait again. Refuses AlreadyDecided."""
    left = OtherAnswer.objects.filter(
        pk=other.pk, reason=OtherAnswer.Reason.LATE, outcome=OtherAnswer.Outcome.LEFT
    )
    waits = {"outcome": OtherAnswer.Outcome.WAITING, "decided_at": None, "decided_by": None}
    if not left.update(**waits):
        raise AlreadyDecided(_("This answer was decided on already."))
    audit.record("answer.put_back", at=at, by=by, of=("attempt", str(other.question.attempt.uuid)))
    other.refresh_from_db(fields=list(waits))
    return other
