"""What a learner is told before a quiz: how often, how long, when next, and of whom to ask more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from courses.catalogue.models import Edition, Lesson
from courses.learning.limits import limits
from courses.learning.models import Attempt, AttemptRequest, Enrolment
from courses.quizzes.models import Quiz, QuizGroup
from partnership.accounts.models import Role, RoleGrant, User


@dataclass(frozen=True)
class Standing:
    """Where one learner is with one quiz."""

    attempts: list[Attempt]
    open_attempt: Attempt | None
    attempts_left: int | None  # None: no limit
    waits_until: datetime | None
    extra_minutes: int
    has_asked: bool
    grantors: list[User]

    @property
    def closed(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not attempt.is_open]

    @property
    def may_start(self) -> bool:
        return self.open_attempt is not None or (
            self.attempts_left != 0 and self.waits_until is None
        )


def enrolment_in(course_slug: str, user: Any) -> Enrolment | None:
    """The edition of this course that a person learns from: the newest one joined."""
    rows = Enrolment.objects.of(user).active().filter(edition__course__slug=course_slug)
    return rows.order_by("-edition__number").first()


def quizzes_of(course_slug: str, enrolment: Enrolment | None) -> Any:
    """Quizzes of the edition that is learnt from, else of the newest one that can be joined."""
    rows = Quiz.objects.select_related("edition__course", "module")
    if enrolment:
        return rows.filter(edition=enrolment.edition_id)
    newest = Edition.objects.newest().filter(course__slug=course_slug)
    return rows.filter(edition__in=newest.values("pk"))


def question_count(quiz: Quiz) -> int:
    """How many questions each paper has: all of a group, or as many as are drawn."""
    groups = QuizGroup.objects.filter(quiz=quiz).annotate(there=Count("questions"))
    pairs = groups.order_by().values_list("quota", "there")
    return sum(min(quota or there, there) for quota, there in pairs)


def standing(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Standing:
    attempts = list(Attempt.objects.filter(enrolment=enrolment, quiz=quiz).order_by("-number"))
    open_attempt = next((attempt for attempt in attempts if attempt.is_open), None)
    may = limits(enrolment, quiz)
    is_used_up = may.is_used_up and open_attempt is None
    is_waiting = bool(may.waits_until and may.waits_until > at)
    return Standing(
        attempts=attempts,
        open_attempt=open_attempt,
        attempts_left=may.left,
        waits_until=may.waits_until if is_waiting else None,
        extra_minutes=may.extra_minutes,
        has_asked=is_used_up and _has_asked(enrolment, quiz),
        grantors=_grantors(at) if is_used_up else [],
    )


def _has_asked(enrolment: Enrolment, quiz: Quiz) -> bool:
    rows = AttemptRequest.objects.filter(enrolment=enrolment, quiz=quiz)
    return rows.filter(answered_at__isnull=True).exists()


def _grantors(at: datetime) -> list[User]:
    """Trainers: they may grant another attempt. A few names are enough to know whom to ask."""
    rows = RoleGrant.objects.on(at.date()).filter(role=Role.TRAINER).select_related("person")
    return [grant.person for grant in rows.order_by("person__name")[:5]]


def read_again(quiz: Quiz) -> list[Lesson]:
    """The lessons that the quiz is about: those of its module, or of the whole edition."""
    rows = Lesson.objects.filter(edition=quiz.edition_id).only("title", "slug", "minutes", "module")
    if quiz.module_id:
        rows = rows.filter(module=quiz.module_id)
    return list(rows.order_by("module__position", "position"))
