"""The questions of all courses that somebody may write: whose, where asked, what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from courses.authoring.bank import queries
from courses.authoring.bank.rows import with_answers
from courses.catalogue.models import Course
from courses.quizzes.models import QuestionVersion
from partnership.accounts.models import User


def trainers(courses: Iterable[Course]) -> list[User]:
    """Who trains in any of these courses."""
    rows = User.objects.filter(trained_courses__course__in=courses)
    return list(rows.only("uuid", "name").distinct().order_by("name", "pk"))


def narrowed(courses: Sequence[Course], wanted: Mapping[str, Any]) -> QuerySet[Any]:
    """Numbers of the versions that the filters leave, in a total order.

    Sorting whole rows of 10,000 questions for the fifty of a page would take most of its time.
    """
    rows = queries.narrowed_in(courses, wanted)
    if wanted["course"]:
        rows = rows.filter(question__course__slug=wanted["course"])
    if wanted["level"]:
        rows = rows.filter(question__course__level=wanted["level"])
    if wanted["trainer"]:
        own = Course.objects.filter(trainers__person__uuid=wanted["trainer"])
        rows = rows.filter(question__course__in=own.values("pk"))
    *first, key = queries.ordered(wanted)
    return rows.order_by(*first, "question__course__code", key).values_list("pk", flat=True)


def listed(pks: Sequence[int]) -> list[queries.Line]:
    """The questions of one page, in the order of their numbers."""
    rows = QuestionVersion.objects.select_related(
        "question__course", "question__copied_from__question__course"
    ).in_bulk(pks)
    return queries.listed(rows[pk] for pk in pks)


def named(courses: Iterable[Course], names: Iterable[str]) -> list[QuestionVersion]:
    """The newest versions of questions called `a6-101/first`, with their answers."""
    pairs = [tuple(name.split("/", 1)) for name in names if "/" in name]
    if not pairs:
        return []
    either = Q()
    for course, key in pairs:
        either |= Q(question__course__slug=course, question__key=key)
    rows = queries.newest_in(list(courses)).filter(either).select_related("case")
    return list(with_answers(rows).order_by("question__course__code", "question__key"))
