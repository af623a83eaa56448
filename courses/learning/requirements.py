"""What completes an edition, asked of the database.

All its required lessons are done and all its required quizzes are passed. A required quiz that has
no pass mark (a survey, practice) is done when it was handed in once. An edition that requires
nothing is never completed by itself.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from courses.catalogue.models import Lesson
from courses.learning.models import Attempt, Certificate, Completion, Enrolment
from courses.quizzes.models import Quiz

PASSING = Q(is_passed=True) | Q(quiz__pass_mark__isnull=True, submitted_at__isnull=False)


def met(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those of the enrolments in which everything required is done."""
    lessons = Lesson.objects.filter(edition=OuterRef("edition"), is_required=True)
    quizzes = Quiz.objects.filter(edition=OuterRef("edition"), is_required=True)
    of_this = OuterRef(OuterRef("pk"))
    done = Completion.objects.filter(
        enrolment=of_this, lesson=OuterRef("pk"), done_at__isnull=False
    )
    passed = Attempt.objects.filter(PASSING, enrolment=of_this, quiz=OuterRef("pk"))
    return enrolments.filter(
        Exists(lessons) | Exists(quizzes),
        ~Exists(lessons.filter(~Exists(done))),
        ~Exists(quizzes.filter(~Exists(passed))),
    )


def without_certificate(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Completed ones for which no certificate was ever issued."""
    held = Certificate.objects.filter(learner=OuterRef("learner"), edition=OuterRef("edition"))
    return enrolments.filter(~Exists(held), completed_at__isnull=False)


def met_at(enrolment: Enrolment) -> datetime | None:
    """The moment of the last thing that was required, or None while something is missing."""
    done = Completion.objects.filter(
        enrolment=OuterRef("pk"), lesson__is_required=True, done_at__isnull=False
    )
    passing = Attempt.objects.filter(PASSING)
    earlier = passing.filter(
        enrolment=OuterRef("enrolment"),
        quiz=OuterRef("quiz"),
        submitted_at__lt=OuterRef("submitted_at"),
    )
    first = passing.filter(~Exists(earlier), enrolment=OuterRef("pk"), quiz__is_required=True)
    rows = met(Enrolment.objects.filter(pk=enrolment.pk)).values_list(
        Subquery(done.order_by("-done_at").values("done_at")[:1]),
        Subquery(first.order_by("-submitted_at").values("submitted_at")[:1]),
    )
    found = rows.first() or ()
    return max((moment for moment in found if moment is not None), default=None)
