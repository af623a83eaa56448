"""Courses in tests: loaded from their files, or put together whole."""

from __future__ import annotations

from typing import Any

from courses.catalogue.models import Edition
from courses.quizzes import content
from partnership.sources.loading import Loaded
from tests.factories.courses import (
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
)

CODE = "A6-101"


def loaded() -> str:
    done = Loaded()
    content.load_courses(done)
    return str(done)


def reworded(file: dict[str, Any]) -> None:
    file["edition"]["title"] = "Article 6, told anew"
    file["modules"][0]["lessons"][0]["text"] = "It is told in other words.\n"


def course_of(modules: int = 1, *, published: bool = True, **fields: Any) -> Edition:
    """An edition with modules of two lessons, a quiz of the whole and one of a module."""
    fields |= {} if published else {"published_at": None}
    edition = EditionFactory(**fields)
    for n in range(modules):
        module = ModuleFactory(edition=edition, position=n + 1, key=f"m{n}")
        for m in (1, 2):
            LessonFactory(module=module, position=m, key=f"l{n}-{m}", title=f"Lesson {n}-{m}")
    whole = QuizFactory(edition=edition, key="check", slug="check")
    of_module = QuizFactory(edition=edition, module=edition.modules.first(), key="try", slug="try")
    for quiz in (whole, of_module):
        group = QuizGroupFactory(quiz=quiz, position=1, quota=1)
        asked(quiz, "single", group=group)
        asked(quiz, "matching", group=group)
    return edition
