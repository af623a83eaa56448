"""How often, how long and when a learner may take a quiz, and of whom to ask for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from courses.catalogue.models import CourseTrainer, Edition, Lesson
from courses.learning.models import Allowance, Attempt, AttemptRequest, Enrolment
from courses.quizzes.models import Quiz, QuizGroup
from partnership.accounts.models import Role, RoleGrant, User


@dataclass(frozen=True)
class Limits:
    """What one learner may still do with one quiz, at one moment."""

    taken: int  # attempts that were begun, the open one too
    allowed: int | None  # None: no limit
    extra_minutes: int
    waits_until: datetime | None  # only while that is to come
    last_number: int

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(0, self.allowed - self.taken)

    @property
    def is_used_up(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class Standing:
    """Where one learner is with one quiz, as its page tells it."""

    attempts: list[Attempt]
    may: Limits
    has_asked: bool
    grantors: list[User]

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def closed(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not attempt.is_open]

    @property
    def may_start(self) -> bool:
        is_free = not self.may.is_used_up and self.may.waits_until is None
        return self.open_attempt is not None or is_free


def limits(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Limits:
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
        waits_until=_waits_until(quiz, attempts["ended"], at),
        last_number=attempts["last"] or 0,
    )


def _waits_until(quiz: Quiz, ended: datetime | None, at: datetime) -> datetime | None:
    if ended is None or not quiz.wait_minutes or quiz.plan == Quiz.Plan.PRACTISE:
        return None
    until = ended + timedelta(minutes=quiz.wait_minutes)
    return until if until > at else None


def standing(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Standing:
    """In three queries, and two more where all attempts are used."""
    rows = Attempt.objects.filter(enrolment=enrolment, quiz=quiz)
    attempts = list(rows.order_by("-number"))
    may = limits(enrolment, quiz, at=at)
    must_ask = may.is_used_up and not any(attempt.is_open for attempt in attempts)
    return Standing(
        attempts=attempts,
        may=may,
        has_asked=must_ask and _has_asked(enrolment, quiz),
        grantors=_grantors(quiz, at) if must_ask else [],
    )


def _has_asked(enrolment: Enrolment, quiz: Quiz) -> bool:
    rows = AttemptRequest.objects.filter(enrolment=enrolment, quiz=quiz)
    return rows.filter(answered_at__isnull=True).exists()


def _grantors(quiz: Quiz, at: datetime) -> list[User]:
    """Trainers of the course: they may grant another attempt. A few names are enough."""
    trainers = RoleGrant.objects.on(at.date()).filter(role=Role.TRAINER).values("person")
    rows = CourseTrainer.objects.filter(course=quiz.edition.course_id, person__in=trainers)
    named = rows.filter(since__lte=at.date()).select_related("person")
    return [row.person for row in named.order_by("person__name")[:5]]


def enrolment_in(course_slug: str, user: Any) -> Enrolment | None:
    """The edition of this course that a person learns from: the newest one joined."""
    rows = Enrolment.objects.of(user).active().filter(edition__course__slug=course_slug)
    return rows.order_by("-edition__number").first()


def quizzes_of(course_slug: str, enrolment: Enrolment | None) -> QuerySet[Quiz]:
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


def read_again(quiz: Quiz) -> list[Lesson]:
    """The lessons that the quiz is about: those of its module, or of the whole edition."""
    rows = Lesson.objects.filter(edition=quiz.edition_id).only(
        "title", "key", "slug", "minutes", "module"
    )
    if quiz.module_id:
        rows = rows.filter(module=quiz.module_id)
    return list(rows.order_by("module__position", "position"))
