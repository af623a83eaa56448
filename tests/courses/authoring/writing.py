"""A draft and those who write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from courses.authoring.models import LessonSave
from courses.authoring.services.saving import Saved, Sent, save_lesson
from courses.catalogue.models import Course, Edition, Lesson, Module
from partnership.accounts.models import Role, User
from tests.courses.learning.desks import Desk
from tests.factories.accounts import person_with
from tests.factories.courses import CourseFactory, EditionFactory, LessonFactory, ModuleFactory

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def later(seconds: float = 0, minutes: float = 0) -> datetime:
    return NOON + timedelta(seconds=seconds, minutes=minutes)


class Draft:
    """A draft of two modules with three and two lessons: a, b, c in `one`, d, e in `two`."""

    def __init__(self) -> None:
        self.course: Course = CourseFactory(code="T-W", slug="t-w")
        self.edition: Edition = EditionFactory(course=self.course, published_at=None)
        self.one, self.two = self.module("one", 1), self.module("two", 2)
        for place, key in enumerate("abc", start=1):
            self.lesson(key, self.one, place)
        for place, key in enumerate("de", start=1):
            self.lesson(key, self.two, place)

    def module(self, key: str, position: int) -> Module:
        return ModuleFactory(edition=self.edition, key=key, position=position)

    def lesson(self, key: str, module: Module, position: int) -> Lesson:
        return LessonFactory(module=module, key=key, title=key.upper(), position=position)

    def row(self, key: str) -> Lesson:
        return Lesson.objects.select_related("edition__course").get(edition=self.edition, key=key)

    def order(self) -> dict[str, str]:
        """Each module with the keys of its lessons, in their order."""
        rows = self.edition.modules.order_by("position")
        lessons = Lesson.objects.filter(edition=self.edition).order_by("position")
        return {
            row.key: "".join(lessons.filter(module=row).values_list("key", flat=True))
            for row in rows
        }


class Writer:
    """An opened page of a lesson: it names what it saw, as the script does."""

    def __init__(self, lesson: Lesson, sitting: str, by: User | None = None, saw: int = 0):
        self.lesson, self.sitting, self.saw, self.turn = lesson, sitting, saw, 0
        self.by = by or person_with(Role.TRAINER)

    def save(self, text: str, at: datetime | None = None, **sent: Any) -> Saved:
        self.turn += 1
        given = {"title": self.lesson.title, "saw": self.saw, "turn": self.turn, **sent}
        told = Sent(text=text, sitting=self.sitting, **given)
        saved = save_lesson(self.lesson, told, by=self.by, at=at or later(self.turn))
        self.saw = saved.number
        return saved


def history(lesson: Lesson) -> list[tuple[int, str, str]]:
    rows = LessonSave.objects.filter(lesson=lesson).order_by("number")
    return list(rows.values_list("number", "state", "text"))


def desk(draft: Draft, trainer: User | None = None) -> Desk:
    return Desk(draft.course, trainer)
