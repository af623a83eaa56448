"""Requests for one more attempt, for those who decide on them."""

from __future__ import annotations

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.catalogue.models import Course
from courses.learning.models import Attempt, AttemptRequest


def of_course(course: Course) -> QuerySet[AttemptRequest]:
    """With the learner and the quiz; attempts that were taken and the best score among them."""
    sat = Attempt.objects.filter(enrolment=OuterRef("enrolment"), quiz=OuterRef("quiz"))
    totals = sat.order_by().values("quiz")
    taken = totals.annotate(n=Count("pk")).values("n")
    best = totals.annotate(most=Max("score")).values("most")
    rows = AttemptRequest.objects.filter(quiz__edition__course=course)
    return rows.select_related(
        "enrolment__learner", "quiz__edition__course", "answered_by"
    ).annotate(taken=Coalesce(Subquery(taken, output_field=IntegerField()), 0), best=Subquery(best))


def waiting(course: Course) -> QuerySet[AttemptRequest]:
    """The longest waiting first."""
    return of_course(course).filter(answered_at__isnull=True).order_by("asked_at", "pk")


def answered(course: Course) -> QuerySet[AttemptRequest]:
    """The last decided first."""
    return of_course(course).filter(answered_at__isnull=False).order_by("-answered_at", "-pk")
