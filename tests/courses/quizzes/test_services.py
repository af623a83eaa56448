"""Opening the next draft and publishing it; what is published stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from courses.catalogue.models import Edition, Lesson
from courses.quizzes import services
from courses.quizzes.models import QuizGroup, QuizQuestion
from courses.quizzes.services import (
    AlreadyPublished,
    DraftExists,
    NothingToCopy,
    NotReady,
    open_draft,
    publish,
)
from partnership.audit.models import AuditEntry
from partnership.search.models import SearchEntry
from tests.courses.loads import course_of
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    CourseFactory,
    LessonFactory,
    ModuleFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def told(edition: Edition) -> dict[str, list]:
    """All that an edition says, without the ids of its rows."""
    lines = QuizQuestion.objects.filter(group__quiz__edition=edition)
    fields = ("title", "summary", "audience", "outcomes", "authors", "rules_as_of", "language")
    return {
        "edition": [getattr(edition, name) for name in fields],
        "modules": list(edition.modules.values_list("position", "key", "title")),
        "lessons": list(
            edition.lessons.order_by("key").values_list("module__key", "position", "key", "slug")
        ),
        "texts": list(edition.lessons.order_by("key").values_list("text", "html", "minutes")),
        "quizzes": list(
            edition.quizzes.order_by("key").values_list("module__key", "key", "plan", "pass_mark")
        ),
        "groups": list(
            QuizGroup.objects.filter(quiz__edition=edition)
            .order_by("quiz__key")
            .values_list("quiz__key", "position", "quota")
        ),
        "questions": list(
            lines.order_by("group__quiz__key", "position").values_list(
                "group__quiz__key", "position", "version"
            )
        ),
    }


# --- The next draft -------------------------------------------------------------------------


def test_a_draft_is_a_full_copy_of_the_last_edition():
    last = course_of(2)

    draft = open_draft(last.course, at=AT)

    assert (draft.number, draft.is_draft) == (2, True)
    assert told(Edition.objects.get(pk=draft.pk)) == told(last)
    assert Lesson.objects.filter(module__edition=draft).exclude(edition=draft).count() == 0


def test_a_draft_does_not_say_yet_what_changed():
    last = course_of(what_changed="Averages are explained")

    assert open_draft(last.course, at=AT).what_changed == ""


@pytest.mark.parametrize("modules", [1, 15])
def test_a_copy_costs_the_same_for_one_lesson_and_for_many(count_queries, modules):
    course = course_of(modules).course

    with count_queries(15):
        open_draft(course, at=AT)


def test_a_course_without_quizzes_can_be_copied():
    lesson = LessonFactory()

    draft = open_draft(lesson.edition.course, at=AT)

    assert [row.key for row in draft.lessons.all()] == [lesson.key]


def test_a_course_has_one_draft():
    last = course_of()
    open_draft(last.course, at=AT)

    with pytest.raises(DraftExists):
        open_draft(last.course, at=AT)


def test_of_two_who_open_a_draft_at_once_one_is_refused(monkeypatch):
    last = course_of()

    def somebody_was_faster(*args):
        raise IntegrityError("edition_one_draft_per_course")

    monkeypatch.setattr(services, "_copied", somebody_was_faster)

    with pytest.raises(DraftExists):
        open_draft(last.course, at=AT)


def test_a_course_without_any_edition_has_nothing_to_copy():
    with pytest.raises(NothingToCopy):
        open_draft(CourseFactory(), at=AT)


def test_who_opened_and_who_published_stands_in_the_log():
    last, trainer = course_of(course__code="T-9"), UserFactory()

    draft = open_draft(last.course, at=AT, by=trainer)
    publish(draft, at=AT, by=trainer)

    lines = AuditEntry.objects.order_by("pk").values_list("verb", "kind", "key", "actor")
    assert list(lines) == [
        ("edition.open_draft", "edition", "T-9/2", str(trainer.uuid)),
        ("edition.publish", "edition", "T-9/2", str(trainer.uuid)),
    ]


# --- Publishing -----------------------------------------------------------------------------


def test_a_published_draft_is_the_newest_edition_from_that_moment():
    last = course_of()
    draft = open_draft(last.course, at=AT)

    assert publish(draft, at=AT).published_at == AT
    assert list(Edition.objects.newest()) == [draft]
    assert Edition.objects.get(pk=draft.pk).published_at == AT


def test_search_finds_what_was_published():
    edition = course_of(published=False, title="Trading tonnes")

    publish(edition, at=AT)

    assert set(SearchEntry.objects.values_list("kind", "key")) == {
        ("course", edition.course.slug),
        ("lesson", f"{edition.course.slug}/l0-1"),
        ("lesson", f"{edition.course.slug}/l0-2"),
    }


def test_an_edition_is_published_once():
    draft = course_of(published=False)
    publish(draft, at=AT)

    with pytest.raises(AlreadyPublished):
        publish(draft, at=AT)


def test_of_two_who_publish_at_once_one_is_refused():
    draft = course_of(published=False)
    seen_before = Edition.objects.get(pk=draft.pk)
    publish(draft, at=AT)

    with pytest.raises(AlreadyPublished):
        publish(seen_before, at=datetime(2026, 3, 2, tzinfo=UTC))
    assert Edition.objects.get(pk=draft.pk).published_at == AT


def test_what_is_not_complete_is_not_published_and_all_of_it_is_told():
    draft = course_of(published=False)
    draft.lessons.filter(key="l0-1").update(text=" ")
    ModuleFactory(edition=draft, title="Empty")

    with pytest.raises(NotReady) as refusal:
        publish(draft, at=AT)

    assert refusal.value.code == "edition_not_ready"
    assert refusal.value.problems == [
        "The lesson “Lesson 0-1” has no text.",
        "The module “Empty” has no lesson.",
    ]
    assert str(refusal.value).endswith("has no text. The module “Empty” has no lesson.")
    assert Edition.objects.get(pk=draft.pk).is_draft
