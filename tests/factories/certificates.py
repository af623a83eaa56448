from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from allauth.account.models import EmailAddress

from courses.catalogue.models import Edition
from courses.learning import codes
from courses.learning.models import Attempt, Certificate, Completion, Enrolment
from courses.quizzes.models import Quiz
from partnership.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.courses import EditionFactory, EnrolmentFactory, LessonFactory, ModuleFactory

DAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class CertificateFactory(factory.django.DjangoModelFactory):
    """A valid one; the name is its learner's."""

    class Meta:
        model = Certificate

    code = factory.LazyFunction(codes.draw)
    learner = factory.SubFactory(UserFactory)
    edition = factory.SubFactory(EditionFactory)
    issued_at = DAY
    name = factory.LazyAttribute(lambda row: row.learner.name if row.learner else "Person")
    course_code = "A6-101"
    course_title = "Cooperative approaches"
    edition_number = 1
    rules_as_of = date(2024, 11, 30)
    hours = Decimal("6.5")
    issuer = "Partnership"


def confirmed(user: User) -> User:
    """With a mail address that was confirmed."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def named(**fields) -> User:
    """With a name that its bearer confirmed."""
    return UserFactory(name_confirmed_at=DAY, **fields)


def course_of(lessons: int = 1, **fields) -> Edition:
    """An edition with one module of so many lessons."""
    edition = EditionFactory(**fields)
    module = ModuleFactory(edition=edition, position=1)
    for position in range(1, lessons + 1):
        LessonFactory(module=module, position=position, key=f"lesson-{position}")
    return edition


def learning(edition: Edition, learner: User | None = None, **fields) -> Enrolment:
    return EnrolmentFactory(edition=edition, learner=learner or named(), **fields)


def done(enrolment: Enrolment, *lessons, at: datetime = DAY) -> None:
    """The lessons, or all of the edition, done in the database without any service."""
    for lesson in lessons or enrolment.edition.lessons.all():
        Completion.objects.create(enrolment=enrolment, lesson=lesson, opened_at=at, done_at=at)


def sat(
    enrolment: Enrolment, quiz: Quiz, *, is_passed: bool | None = True, at: datetime = DAY
) -> Attempt:
    """A sitting that was handed in."""
    return Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        number=enrolment.attempts.filter(quiz=quiz).count() + 1,
        started_at=at,
        submitted_at=at,
        closed_by=Attempt.ClosedBy.LEARNER,
        score=None if is_passed is None else Decimal(int(is_passed)),
        is_passed=is_passed,
    )
