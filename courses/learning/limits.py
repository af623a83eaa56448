"""How often and when a learner may take a quiz."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Sum

from courses.learning.models import Allowance, Attempt, Enrolment
from courses.quizzes.models import Quiz


@dataclass(frozen=True)
class Limits:
    taken: int  # attempts that were begun, the open one too
    allowed: int | None  # None: no limit
    extra_minutes: int
    waits_until: datetime | None
    last_number: int

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(0, self.allowed - self.taken)

    @property
    def is_used_up(self) -> bool:
        return self.left == 0


def limits(enrolment: Enrolment, quiz: Quiz) -> Limits:
    """What is left for this learner, in two queries. Practice has no limit."""
    attempts = Attempt.objects.filter(enrolment=enrolment, quiz=quiz).aggregate(
        taken=Count("pk"), last=Max("number"), ended=Max("submitted_at")
    )
    more = Allowance.objects.filter(enrolment=enrolment, quiz=quiz).aggregate(
        attempts=Sum("extra_attempts"),
        minutes=Sum("extra_minutes"),
    )
    is_limited = quiz.plan != Quiz.Plan.PRACTISE and quiz.attempts_allowed is not None
    allowed = (quiz.attempts_allowed or 0) + (more["attempts"] or 0)
    return Limits(
        taken=attempts["taken"],
        allowed=allowed if is_limited else None,
        extra_minutes=more["minutes"] or 0,
        waits_until=_waits_until(quiz, attempts["ended"]),
        last_number=attempts["last"] or 0,
    )


def _waits_until(quiz: Quiz, ended: datetime | None) -> datetime | None:
    if ended is None or not quiz.wait_minutes or quiz.plan == Quiz.Plan.PRACTISE:
        return None
    return ended + timedelta(minutes=quiz.wait_minutes)
