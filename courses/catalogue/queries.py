"""Reads over courses that are published: the catalogue, the learning paths, the areas of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Count,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from courses.catalogue.models import Course, Edition, LearningPath, Lesson, PathStep
from partnership.search.services import Entry


def catalogue() -> QuerySet[Edition]:
    """The newest edition of each course, with its lessons counted and their minutes added."""
    return (
        Edition.objects.newest()
        .select_related("course__area")
        .defer("what_changed")
        .annotate(lesson_count=_of_lessons(Count("pk")), minutes=_of_lessons(Sum("minutes")))
        .order_by("course__position", "course__code")
    )


def narrowed(rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    """Only the courses that have all that was asked for."""
    if area := wanted.get("area"):
        rows = rows.filter(course__area__slug=area)
    if level := wanted.get("level"):
        rows = rows.filter(course__level=level)
    if language := wanted.get("language"):
        rows = rows.filter(language=language)
    if minutes := wanted.get("minutes"):
        rows = rows.filter(minutes__lte=int(minutes))
    return rows


def languages() -> list[str]:
    """The languages in which there is a course."""
    return sorted(set(Edition.objects.newest().order_by().values_list("language", flat=True)))


def areas() -> list[tuple[str, str]]:
    """The areas of work that have a course, as slug and title."""
    rows = Course.objects.filter(editions__in=Edition.objects.newest()).order_by("area__number")
    return list(rows.values_list("area__slug", "area__title").distinct())


def paths() -> QuerySet[LearningPath]:
    """Each learning path with its courses in order."""
    steps = PathStep.objects.select_related("course").filter(
        course__editions__published_at__isnull=False, course__retired_on__isnull=True
    )
    return LearningPath.objects.prefetch_related(
        Prefetch("steps", queryset=steps.distinct().order_by("position"))
    )


def path_editions(path: LearningPath) -> list[Edition]:
    """The newest editions of a path's courses, in its order."""
    rows = catalogue().filter(course__path_steps__path=path)
    return list(rows.order_by("course__path_steps__position"))


def by_area(area_ids: Iterable[int]) -> dict[int, list[Edition]]:
    """Published courses by the area of work they belong to."""
    found: dict[int, list[Edition]] = defaultdict(list)
    rows = Edition.objects.newest().filter(course__area__in=area_ids).select_related("course")
    for edition in rows.only("title", "language", "number", "course").order_by(
        "course__position", "course__code"
    ):
        found[edition.course.area_id].append(edition)
    return found


def _of_lessons(total: Any) -> Any:
    """A total over the lessons of the edition; without lessons it is nought."""
    lessons = Lesson.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    totals = lessons.annotate(total=total).values("total")
    return Coalesce(Subquery(totals, output_field=IntegerField()), 0)


def editions_to_find() -> QuerySet[Edition]:
    """What a site map needs of courses."""
    return Edition.objects.newest().select_related("course").only("course__slug", "number")


def lessons_to_find() -> QuerySet[Lesson]:
    """What a site map needs of lessons."""
    rows = Lesson.objects.filter(edition__in=Edition.objects.newest()).order_by("edition", "pk")
    return rows.select_related("edition__course").only("slug", "edition__course__slug")


def course_entries() -> Iterable[Entry]:
    """What search finds of courses: the newest edition of each."""
    for edition in Edition.objects.newest().select_related("course__area"):
        yield Entry(
            key=edition.course.slug,
            title=f"{edition.course.code} {edition.title}",
            address=edition.get_absolute_url(),
            summary=edition.summary,
            body=" ".join([edition.course.area.title, *edition.outcomes, *edition.audience]),
            language=edition.language,
        )


def lesson_entries() -> Iterable[Entry]:
    """What search finds of lessons: those of the newest editions.

    A title says of which course the lesson is. So it is longer than that of the case or term that
    it teaches, and stands behind it.
    """
    newest = Edition.objects.newest()
    rows = Lesson.objects.filter(edition__in=newest).select_related("edition__course", "module")
    for lesson in rows.defer("html"):
        course = lesson.edition.course
        yield Entry(
            key=f"{course.slug}/{lesson.key}",
            title=f"{lesson.title} ({course.code} {lesson.edition.title})",
            address=lesson.get_absolute_url(),
            summary=lesson.module.title,
            body=lesson.text,
            language=lesson.edition.language,
        )
