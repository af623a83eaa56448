"""Which learners can be written to: a course's by its trainers, and any group by its courses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue.models import Course, Edition
from courses.learning.models import Enrolment
from partnership.accounts.models import Role, RoleGrant, User
from partnership.members import circles
from partnership.members.circles import Circle, Part
from partnership.members.letters.openers import choice

PREFIX = "course/"
LEARNING, DONE, NEVER = "learning", "done", "never"
STATES = [
    (LEARNING, gettext_lazy("enrolled and not finished")),
    (DONE, gettext_lazy("completed")),
    (NEVER, gettext_lazy("not enrolled")),
]


class Learners:
    """The learners of each course, for its trainers."""

    def open_to(self, user: Any, on: date) -> list[Circle]:
        return _circles(_trained_by(user, on))

    def named(self, handles: Iterable[str]) -> list[Circle]:
        slugs = [one.removeprefix(PREFIX) for one in handles if one.startswith(PREFIX)]
        return _circles(Course.objects.filter(slug__in=slugs)) if slugs else []

    def people(self, handle: str, user: Any, on: date) -> QuerySet[User] | None:
        if not handle.startswith(PREFIX):
            return None
        course = _trained_by(user, on).filter(slug=handle.removeprefix(PREFIX)).first()
        if course is None:
            return None
        # Whoever left without completing is left in peace.
        rows = _standing().filter(edition__course=course)
        return User.objects.filter(pk__in=rows.values("learner"))


def _circles(courses: Iterable[Course]) -> list[Circle]:
    return [
        Circle(f"{PREFIX}{course.slug}", _("Learners of %s") % course.code) for course in courses
    ]


def _trained_by(user: Any, on: date) -> QuerySet[Course]:
    """The courses of somebody who also holds the role of a trainer."""
    holds = RoleGrant.objects.on(on).filter(person=user, role=Role.TRAINER)
    is_trainer = user.is_active and holds.exists()
    return Course.objects.of(user, on=on) if is_trainer else Course.objects.none()


def _standing() -> QuerySet[Any]:
    """Enrolments that run or were completed; of those moved on the newer one."""
    rows = Enrolment.objects.not_moved_on().order_by()
    return rows.exclude(left_at__isnull=False, completed_at__isnull=True)


def _fields(handle: str) -> Mapping[str, forms.Field]:
    """Within a course its editions; elsewhere the courses too, and who is in none."""
    editions = (
        Edition.objects.published().select_related("course").order_by("course__code", "number")
    )
    if handle.startswith(PREFIX):
        own = editions.filter(course__slug=handle.removeprefix(PREFIX))
        names = [(_value(one), _("edition %s") % one.number) for one in own]
        return {
            "course": choice(gettext_lazy("Edition"), names),
            "training": choice(gettext_lazy("How far"), STATES[:2]),
        }
    found: dict[str, str] = {}
    for one in editions:
        found.setdefault(one.course.slug, one.course.code)
        named = {"course": one.course.code, "n": one.number}
        found[_value(one)] = _("%(course)s, edition %(n)s") % named
    return {
        "course": choice(gettext_lazy("Course"), list(found.items())),
        "training": choice(gettext_lazy("How far"), STATES),
    }


def _value(edition: Edition) -> str:
    return f"{edition.course.slug}/{edition.number}"


def _learning(
    people: QuerySet[Any], wanted: Mapping[str, Any], handle: str, day: date
) -> QuerySet[Any]:
    """By what they learn or completed. Who completed a course has finished it, in any edition."""
    course, training = wanted["course"], wanted["training"]
    if not course and not training:
        return people
    slug, _stroke, number = course.partition("/")
    slug = handle.removeprefix(PREFIX) if handle.startswith(PREFIX) else slug
    rows = _standing().filter(edition__course__slug=slug) if slug else _standing()
    rows = rows.filter(edition__number=number) if number else rows
    done = rows.filter(completed_at__isnull=False).values("learner")
    match training:
        case "done":
            return people.filter(pk__in=done)
        case "learning":
            running = rows.filter(completed_at__isnull=True).values("learner")
            return people.filter(pk__in=running).exclude(pk__in=done)
        case "never":
            return people.exclude(pk__in=rows.values("learner"))
    return people.filter(pk__in=rows.values("learner"))


circles.opened(Learners())
circles.part(Part("learning", lambda handle: True, _fields, _learning))
