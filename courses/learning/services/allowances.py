"""More time or more attempts, for one person in one quiz."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.learning.models import Allowance, Attempt, AttemptRequest, Enrolment
from courses.learning.papers import GRACE
from courses.learning.services.attempts import settle
from courses.learning.sittings import limits
from courses.quizzes.models import Quiz
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

MOST_MINUTES, MOST_ATTEMPTS = 600, 20


class AttemptsRemain(Refusal):
    """There is no need to ask: an attempt is left."""

    code = "attempts_remain"


class RequestAnswered(Refusal):
    code = "request_answered"


class NothingGranted(Refusal):
    """Neither minutes nor attempts, more than can be meant, or no reason."""

    code = "nothing_granted"


@dataclass(frozen=True)
class More:
    reason: str
    minutes: int = 0
    attempts: int = 0
    stamp: str = ""  # of the form, which grants once


@transaction.atomic
def grant(enrolment: Enrolment, quiz: Quiz, more: More, *, by: Any, at: datetime) -> Allowance:
    """Grant more; extra minutes move the deadline of an attempt that is open.

    One whose grace is over already stays as it ended, also if no sweep has been there yet.
    """
    _refuse_nonsense(more)
    allowance = Allowance.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        extra_minutes=more.minutes,
        extra_attempts=more.attempts,
        granted_by=by,
        granted_at=at,
        reason=more.reason.strip()[:200],
        stamp=more.stamp,
    )
    if more.minutes:
        running = Attempt.objects.open().filter(enrolment=enrolment, quiz=quiz)
        running.filter(deadline_at__gte=at - GRACE).update(
            deadline_at=F("deadline_at") + timedelta(minutes=more.minutes),
            extension_minutes=F("extension_minutes") + more.minutes,
        )
    audit.record(
        "allowance.grant",
        at=at,
        by=by,
        of=("quiz", f"{quiz.pk}:{enrolment.pk}"),
        changes={"minutes": more.minutes, "attempts": more.attempts},
    )
    return allowance


def _refuse_nonsense(more: More) -> None:
    if not more.reason.strip():
        raise NothingGranted(_("Say why more is granted."))
    if not 0 <= more.minutes <= MOST_MINUTES or not 0 <= more.attempts <= MOST_ATTEMPTS:
        told = {"minutes": MOST_MINUTES, "attempts": MOST_ATTEMPTS}
        raise NothingGranted(
            _("At most %(minutes)s minutes and %(attempts)s attempts at once.") % told
        )
    if not more.minutes and not more.attempts:
        raise NothingGranted(_("Say how many minutes or attempts more."))


def ask_for_attempt(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> AttemptRequest:
    """One open request at a time: asking again gives the same. Refuses AttemptsRemain."""
    running = list(Attempt.objects.open().filter(enrolment=enrolment, quiz=quiz))
    if (
        any(settle(attempt, at=at).is_open for attempt in running)
        or not limits(enrolment, quiz, at=at).is_used_up
    ):
        raise AttemptsRemain(_("You still have an attempt."))
    request, _is_new = AttemptRequest.objects.get_or_create(
        enrolment=enrolment, quiz=quiz, answered_at=None, defaults={"asked_at": at}
    )
    return request


@transaction.atomic
def answer_request(
    request: AttemptRequest, *, is_granted: bool, reason: str, by: Any, at: datetime
) -> AttemptRequest:
    """Grant one attempt or say no, once; refuses RequestAnswered."""
    waiting = AttemptRequest.objects.filter(pk=request.pk, answered_at__isnull=True)
    if not waiting.update(answered_at=at, answered_by=by, is_granted=is_granted):
        raise RequestAnswered(_("This request was answered already."))
    if is_granted:
        more = More(reason=reason or _("The learner asked."), attempts=1)
        grant(request.enrolment, request.quiz, more, by=by, at=at)
    else:
        audit.record(
            "attempt_request.decline",
            at=at,
            by=by,
            of=("attempt_request", str(request.pk)),
            changes={"reason": reason.strip()[:200]} if reason.strip() else {},
        )
    request.refresh_from_db(fields=["answered_at", "answered_by", "is_granted"])
    return request
