"""The report of what needs a subject check: doubts of the file, beside what the rows say today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from courses.catalogue.doubts import Doubt, doubts
from courses.catalogue.models import Edition, Lesson
from courses.learning.models import SubjectCheck
from courses.quizzes.models import Question


@dataclass(frozen=True)
class Place:
    """A lesson in which a doubt is told; without a row in the newest edition it is held back."""

    course: str
    key: str
    lesson: Lesson | None


@dataclass(frozen=True)
class Line:
    doubt: Doubt
    places: list[Place]
    questions: list[Question]  # in reserve today
    checks: list[SubjectCheck] = field(default_factory=list)  # the newest first: it counts

    @property
    def newest(self) -> SubjectCheck | None:
        return self.checks[0] if self.checks else None

    @property
    def is_settled(self) -> bool:
        return self.newest is not None and self.newest.settles


def lines(wanted: Iterable[Doubt] | None = None) -> list[Line]:
    """Each doubt with its lessons, its questions in reserve and its checks, in three queries."""
    found = list(doubts() if wanted is None else wanted)
    lessons = _lessons(found)
    asked = {row.key: row for row in in_reserve().filter(key__in=_questions(found))}
    checks: dict[str, list[SubjectCheck]] = defaultdict(list)
    rows = SubjectCheck.objects.filter(doubt__in=[one.key for one in found])
    for row in rows.select_related("by"):
        checks[row.doubt].append(row)
    return [
        Line(
            one,
            [Place(slug, key, lessons.get((slug, key))) for slug, key in one.lessons],
            [asked[key] for key in one.questions if key in asked],
            checks[one.key],
        )
        for one in found
    ]


def narrowed(found: Iterable[Line], wanted: Mapping[str, Any]) -> list[Line]:
    """Those of a course, and those that are open or settled. What all lessons say is of each."""
    course, state = wanted["course"], wanted["state"]
    of_course = [
        one for one in found if not course or not one.doubt.courses or course in one.doubt.courses
    ]
    return [one for one in of_course if not state or one.is_settled == (state == "settled")]


def in_reserve() -> QuerySet[Question]:
    """Questions that no quiz asks until somebody has checked them."""
    rows = Question.objects.filter(state=Question.State.RESERVE)
    return rows.select_related("course").order_by("course__position", "key")


def held_back(found: Iterable[Line]) -> list[tuple[Place, Doubt]]:
    """Lessons that a doubt names and that no learner reads."""
    return [(place, one.doubt) for one in found for place in one.places if place.lesson is None]


def courses() -> list[str]:
    """The courses that the doubts name, as their addresses do."""
    return sorted({slug for one in doubts() for slug in one.courses})


def _questions(found: Iterable[Doubt]) -> list[str]:
    return [key for one in found for key in one.questions]


def _lessons(found: Iterable[Doubt]) -> dict[tuple[str, str], Lesson]:
    keys = {key for one in found for _, key in one.lessons}
    rows = Lesson.objects.filter(edition__in=Edition.objects.newest(), key__in=keys)
    return {
        (row.edition.course.slug, row.key): row
        for row in rows.select_related("edition__course").defer("text", "html")
    }
