from __future__ import annotations

import pytest

from courses.catalogue import models
from tests.constraints import refused_by
from tests.factories.courses import (
    CourseFactory,
    CourseTrainerFactory,
    EditionFactory,
    LearningPathFactory,
    LessonFactory,
    LessonRevisionFactory,
    ModuleFactory,
    PathStepFactory,
    TranslationFactory,
)

pytestmark = pytest.mark.django_db


def two_drafts():
    draft = EditionFactory(published_at=None)
    EditionFactory(course=draft.course, number=2, published_at=None)


def twice(factory, parent, **same):
    """A second row with the same parent and the same value in one column."""

    def broken():
        first = factory(**same)
        factory(**{parent: getattr(first, parent)}, **same)

    return broken


def a_lesson_again(**other):
    first = LessonFactory(key="itmo", slug="itmo", position=1)
    again = {"key": "itmo", "slug": "itmo", "position": 2, **other}
    LessonFactory(module=first.module, **again)


def a_module_again():
    first = ModuleFactory(key="one", position=1)
    ModuleFactory(edition=first.edition, key="other", position=1)


def a_trainer_again():
    first = CourseTrainerFactory()
    CourseTrainerFactory(course=first.course, person=first.person)


def a_step_again():
    step = PathStepFactory()
    PathStepFactory(path=step.path, course=step.course)


def a_translation_again():
    TranslationFactory(text="Comptée une fois.")
    TranslationFactory(text="Comptée une seule fois.")


BROKEN = {
    "course_slug_not_reserved": lambda: CourseFactory(slug="attempts"),
    "course_trainer_once": a_trainer_again,
    "edition_number_once": twice(EditionFactory, "course", number=1),
    "edition_one_draft_per_course": two_drafts,
    "edition_number_from_one": lambda: EditionFactory(number=0),
    "edition_withdrawn_says_why": lambda: EditionFactory(withdrawn_because="A wrong table."),
    "module_position_once": a_module_again,
    "module_key_once": twice(ModuleFactory, "edition", key="basics"),
    "lesson_position_once": lambda: a_lesson_again(key="other", slug="other", position=1),
    "lesson_slug_once": lambda: a_lesson_again(key="other"),
    "lesson_key_once": lambda: a_lesson_again(slug="other"),
    "lesson_takes_a_minute": lambda: LessonFactory(minutes=0),
    "lesson_slug_not_reserved": lambda: LessonFactory(slug="quizzes"),
    "lesson_revision_has_a_reason": lambda: LessonRevisionFactory(reason=""),
    "path_step_position_once": twice(PathStepFactory, "path", position=1),
    "path_step_course_once": a_step_again,
    "translation_once": a_translation_again,
    "translation_says_by_whom": lambda: TranslationFactory(translator=""),
    "translation_second_reader_is_another": lambda: TranslationFactory(second_reader="The editors"),
}


def test_every_constraint_is_broken_once():
    known = {
        constraint.name
        for name in models.__all__
        for constraint in getattr(models, name)._meta.constraints
    }

    assert known == set(BROKEN)


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses(constraint):
    with refused_by(constraint):
        BROKEN[constraint]()


def test_a_course_may_have_a_draft_beside_what_is_published():
    published = EditionFactory()

    draft = EditionFactory(course=published.course, number=2, published_at=None)

    assert draft.is_draft
    assert list(models.Edition.objects.newest()) == [published]


def test_the_newest_edition_is_the_published_one_with_the_highest_number():
    first = EditionFactory()
    second = EditionFactory(course=first.course, number=2)

    assert list(models.Edition.objects.newest()) == [second]


def test_a_course_that_is_retired_has_no_newest_edition():
    EditionFactory(course__retired_on="2026-01-01")

    assert not models.Edition.objects.newest().exists()


def test_courses_and_paths_are_told_by_their_names():
    lesson = LessonFactory(title="What is an ITMO?", module__title="Basics")
    edition = lesson.edition

    assert str(edition.course) == edition.course.code
    assert str(edition) == f"{edition.title} (1)"
    assert (str(lesson.module), str(lesson)) == ("Basics", "What is an ITMO?")
    assert str(LessonRevisionFactory(lesson=lesson)) == "What is an ITMO?: A word was missing"
    path = LearningPathFactory(title="Reviewer")
    assert str(PathStepFactory(path=path, position=2)) == "Reviewer, 2"
