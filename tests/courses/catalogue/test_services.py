from __future__ import annotations

from datetime import UTC, datetime

import pytest

from courses.catalogue.models import Lesson
from courses.catalogue.services import (
    ChangedMeanwhile,
    NotACorrection,
    NotPublished,
    correct_lesson,
)
from partnership.audit.models import AuditEntry
from partnership.search.queries import find
from tests.factories.accounts import UserFactory
from tests.factories.courses import LessonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BEFORE = "A tonne is counted **once**."


def correct(lesson, text="A tonne is counted *once*.", reason="Too loud", by=None):
    return correct_lesson(lesson, text=text, reason=reason, by=by, at=AT)


def test_a_correction_is_shown_at_once_and_keeps_what_stood_there():
    lesson, trainer = LessonFactory(), UserFactory()

    revision = correct(lesson, by=trainer)

    stored = Lesson.objects.get()
    assert stored.text == lesson.text == "A tonne is counted *once*."
    assert "<em>once</em>" in stored.html
    assert stored.html == lesson.html
    assert (revision.before, revision.reason, revision.by, revision.at) == (
        BEFORE,
        "Too loud",
        trainer,
        AT,
    )


def test_a_correction_stands_in_the_log():
    trainer = UserFactory()

    correct(LessonFactory(), by=trainer)

    line = AuditEntry.objects.get()
    assert (line.verb, line.actor, line.changes) == (
        "lesson.correct",
        str(trainer.uuid),
        {"reason": "Too loud"},
    )


def test_search_finds_the_corrected_words():
    lesson = LessonFactory()

    correct(lesson, text="A kilotonne is counted once.")

    assert [hit.address for hit in find("kilotonne").hits] == [lesson.get_absolute_url()]


def test_a_draft_is_edited_and_not_corrected():
    lesson = LessonFactory(module__edition__published_at=None)

    with pytest.raises(NotPublished):
        correct(lesson)


@pytest.mark.parametrize(
    "given", [{"reason": "  "}, {"text": " \n"}, {"text": BEFORE}], ids=["why", "empty", "same"]
)
def test_a_correction_without_a_reason_or_a_difference_is_refused(given):
    lesson = LessonFactory()

    with pytest.raises(NotACorrection):
        correct(lesson, **given)
    assert Lesson.objects.get().text == BEFORE
    assert not lesson.revisions.exists()


def test_a_correction_that_somebody_made_meanwhile_is_not_overwritten():
    lesson = LessonFactory()
    seen_before = Lesson.objects.get()
    correct(lesson)

    with pytest.raises(ChangedMeanwhile):
        correct(seen_before, text="A tonne counts.")
    assert Lesson.objects.get().text == "A tonne is counted *once*."
