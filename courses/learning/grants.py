"""Who is meant when more is granted to several at once, and what was granted already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum

from courses.catalogue.models import Course
from courses.learning import roster
from courses.learning.models import Allowance

NAMED = 20


@dataclass(frozen=True)
class Chosen:
    """The learners that an address names: some by hand, or all that fit its filters."""

    rows: QuerySet[Any]
    count: int
    editions: list[tuple[int, int]]  # number of the edition and how many learn from it
    names: list[str]

    @property
    def more(self) -> int:
        """How many there are beside those that are named."""
        return self.count - len(self.names)


def chosen(course: Course, people: list[UUID], wanted: dict[str, Any], *, on: date) -> Chosen:
    """In two queries. Only who learns at present can use what is granted."""
    rows = roster.enrolments(course).filter(left_at__isnull=True)
    if people:
        rows = rows.filter(learner__uuid__in=people)
    rows = roster.narrowed(rows, wanted, on=on)
    counted = rows.order_by().values_list("edition__number").annotate(n=Count("pk"))
    editions = sorted(counted, reverse=True)
    named = rows.order_by("learner__name", "pk")[:NAMED]
    return Chosen(
        rows=rows,
        count=sum(n for _number, n in editions),
        editions=editions,
        names=[str(row.learner) for row in named],
    )


def nobody(course: Course) -> Chosen:
    return Chosen(roster.enrolments(course).none(), 0, [], [])


def granted(course: Course) -> QuerySet[Any, Any]:
    """What each learner was granted in each quiz, added up; the last granted first."""
    rows = Allowance.objects.filter(quiz__edition__course=course)
    added = rows.values(
        "enrolment__learner__uuid",
        "enrolment__learner__name",
        "quiz__title",
        "quiz__edition__number",
        "quiz__time_limit_minutes",
        "enrolment",
        "quiz",
    ).annotate(minutes=Sum("extra_minutes"), attempts=Sum("extra_attempts"), last=Max("granted_at"))
    return added.order_by("-last", "enrolment", "quiz")
