"""Whatever services, the loader and administrators do: a published edition keeps every row."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from types import ModuleType

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from courses.catalogue import services as texts
from courses.catalogue.models import Edition, Lesson
from courses.quizzes import services as editions
from partnership.accounts.models import Role
from partnership.lib.errors import Refusal
from tests.courses.loads import course_of, loaded, reworded
from tests.factories.accounts import UserFactory, person_with
from tests.factories.courses import LessonRevisionFactory, QuestionCaseFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
# No text of an edition: a course may be retired or get a trainer, a path another order, and
# translations stand beside.
APART = {"Course", "CourseTrainer", "LearningPath", "PathStep", "Translation"}
CONTENT = [
    model
    for model in apps.get_app_config("courses").get_models()
    if model.__module__.startswith(("courses.catalogue", "courses.quizzes"))
    and model.__name__ not in APART
]


def rows() -> dict[tuple[str, int], dict]:
    """Every row of every content model."""
    return {
        (model.__name__, row["id"]): row
        for model in CONTENT
        for row in model._default_manager.values()
    }


def kept(before: dict) -> bool:
    """All that was there is there, and says the same."""
    now = rows()
    return {key: now.get(key) for key in before} == before


@pytest.fixture
def published() -> Edition:
    """A published edition with at least one row of every content model."""
    edition = course_of(2)
    version = edition.quizzes.first().groups.first().questions.first().version
    version.case = QuestionCaseFactory(course=edition.course)
    version.save()
    LessonRevisionFactory(lesson=edition.lessons.first())
    return edition


def offered(module: ModuleType) -> set[str]:
    """The functions that a service module offers."""
    return {
        name
        for name, found in vars(module).items()
        if not name.startswith("_")
        and getattr(found, "__module__", "") == module.__name__
        and not (isinstance(found, type) and issubclass(found, Refusal))
    }


def test_the_walk_meets_every_content_model(published):
    assert {name for name, _ in rows()} == {model.__name__ for model in CONTENT}


def test_services_offer_only_these_changes():
    assert offered(texts) == {"correct_lesson"}
    assert offered(editions) - {"Row"} == {"open_draft", "publish"}


def test_opening_and_publishing_the_next_edition_changes_nothing_of_the_last(published):
    before = rows()

    draft = editions.open_draft(published.course, at=AT)
    editions.publish(draft, at=AT)

    assert kept(before)


def test_publishing_again_changes_nothing(published):
    before = rows()

    with pytest.raises(editions.AlreadyPublished):
        editions.publish(published, at=AT)

    assert rows() == before


def test_deleting_a_draft_changes_nothing_of_what_is_published(published):
    before = rows()

    editions.open_draft(published.course, at=AT).delete()

    assert rows() == before


def test_a_correction_changes_the_text_of_its_lesson_and_nothing_else(published):
    lesson = published.lessons.first()
    before = rows()

    texts.correct_lesson(lesson, text="A tonne counts once.", reason="Grammar", by=None, at=AT)

    now = rows()
    changed = {key: {n for n in now[key] if now[key][n] != row[n]} for key, row in before.items()}
    assert {key: names for key, names in changed.items() if names} == {
        ("Lesson", lesson.pk): {"text", "html"}
    }


def test_a_changed_course_file_changes_nothing_of_what_is_published(file):
    loaded()
    before = rows()

    reworded(file)
    file["questions"][0]["prompt"] = "Which one?"
    loaded()

    assert kept({key: row for key, row in before.items() if key[0] != "Question"})


@pytest.mark.parametrize(
    "model",
    [model for model in CONTENT if model.__name__ != "Question"],
    ids=lambda model: model.__name__,
)
def test_an_administrator_can_change_no_row_of_a_published_edition(client, published, model):
    client.force_login(person_with(Role.ADMINISTRATOR))
    row, before = model._default_manager.first(), rows()
    name = f"admin:courses_{model._meta.model_name}"

    for act in ("change", "delete"):
        with suppress(NoReverseMatch):
            address = reverse(f"{name}_{act}", args=[row.pk])
            answer = client.post(address, {"title": "Mine", "text": "Mine", "post": "yes"})
            assert answer.status_code == 403
    assert rows() == before


def test_of_a_question_an_administrator_changes_the_place_in_the_bank_only(client, published):
    client.force_login(person_with(Role.ADMINISTRATOR))
    version = published.quizzes.first().groups.first().questions.first().version
    address = reverse("admin:courses_question_change", args=[version.question.pk])
    before = rows()

    answer = client.post(address, {"key": "mine", "state": "reserve", "note": "Ask", "topic": "t"})

    assert answer.status_code == 302
    key = ("Question", version.question.pk)
    assert rows() == {
        **before,
        key: {**before[key], "state": "reserve", "note": "Ask", "topic": "t"},
    }
    delete = reverse("admin:courses_question_delete", args=[version.question.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_an_administrator_may_change_a_draft(client, published):
    client.force_login(person_with(Role.ADMINISTRATOR))
    draft = editions.open_draft(published.course, at=AT)
    lesson = draft.lessons.first()
    address = reverse("admin:courses_lesson_change", args=[lesson.pk])
    values = {"slug": lesson.slug, "title": "New", "minutes": 5, "rule": "read", "text": "New."}

    answer = client.post(address, {**values, "position": lesson.position, "is_required": "on"})

    assert answer.status_code == 302
    lesson = Lesson.objects.get(pk=lesson.pk)
    assert (lesson.title, lesson.edition_id) == ("New", draft.pk)
    assert "<p" in lesson.html


def test_a_person_who_is_no_administrator_sees_none_of_it(client, published):
    client.force_login(UserFactory())

    address = reverse("admin:courses_lesson_change", args=[published.lessons.first().pk])

    assert client.get(address).status_code == 403
