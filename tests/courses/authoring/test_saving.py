"""A lesson's text is saved under a number; of two texts at once neither is lost."""

from __future__ import annotations

import pytest

from courses.authoring.models import LessonSave
from courses.authoring.refusals import NotADraft, NotThere, TooMuch
from courses.authoring.services.saving import MOST_LETTERS, choose, rename_lesson, restore
from partnership.audit.models import AuditEntry
from tests.constraints import refused_by
from tests.courses.authoring.writing import Draft, Writer, history, later
from tests.factories.courses import PUBLISHED

BEGAN = (0, "stands", "A tonne is counted **once**.")


@pytest.fixture
def lesson(draft):
    return draft.row("a")


def test_what_is_typed_within_minutes_is_one_row_and_the_text_before_it_is_kept(lesson):
    page = Writer(lesson, "page-one")

    for text in ("O", "On", "One."):
        page.save(text)

    assert history(lesson) == [BEGAN, (3, "stands", "One.")]
    lesson.refresh_from_db()
    assert lesson.text == "One."
    assert ">One.</p>" in lesson.html


def test_after_ten_minutes_the_same_page_begins_a_new_row(lesson):
    page = Writer(lesson, "page-one")
    page.save("First.")
    page.save("Second.", at=later(minutes=11))

    assert history(lesson) == [BEGAN, (1, "stands", "First."), (2, "stands", "Second.")]


def test_a_text_over_one_that_was_not_seen_is_kept_beside_it(lesson):
    first, second = Writer(lesson, "page-one"), Writer(lesson, "page-two")
    assert first.save("Theirs.").outcome == "saved"

    assert second.save("Mine.").outcome == "beside"
    assert second.save("Mine, longer.").outcome == "beside"

    assert history(lesson) == [BEGAN, (1, "stands", "Theirs."), (3, "beside", "Mine, longer.")]
    lesson.refresh_from_db()
    assert lesson.text == "Theirs."


def test_who_has_seen_the_other_text_writes_on(lesson):
    first = Writer(lesson, "page-one")
    first.save("Theirs.")

    second = Writer(lesson, "page-two", saw=first.saw)
    assert second.save("Theirs and mine.").outcome == "saved"
    assert first.save("Theirs, not seen.").outcome == "beside"

    lesson.refresh_from_db()
    assert lesson.text == "Theirs and mine."


def test_a_save_whose_answer_was_lost_is_no_stranger_to_its_page(lesson):
    page = Writer(lesson, "page-one")
    page.save("One.")
    page.saw = 0

    assert page.save("One, two.").outcome == "saved"
    assert [state for _number, state, _text in history(lesson)] == ["stands", "stands"]


def test_a_save_that_comes_after_a_later_one_of_its_page_changes_nothing(lesson):
    page = Writer(lesson, "page-one")
    page.save("New.", turn=2)

    assert page.save("Old.", turn=1).outcome == "late"
    lesson.refresh_from_db()
    assert lesson.text == "New."


def test_the_same_text_again_is_no_row(lesson):
    assert Writer(lesson, "page-one").save(lesson.text).outcome == "same"
    assert history(lesson) == []


@pytest.mark.parametrize(("take", "text"), [(True, "Mine."), (False, "Theirs.")])
def test_whoever_chooses_decides_and_the_other_text_stays_in_the_history(lesson, take, text):
    Writer(lesson, "page-one").save("Theirs.")
    mine = Writer(lesson, "page-two")
    number = mine.save("Mine.").number

    choose(lesson, number, take=take, by=mine.by, at=later(60))

    lesson.refresh_from_db()
    assert lesson.text == text
    assert (number, "decided", "Mine.") in history(lesson)
    with pytest.raises(NotThere):
        choose(lesson, number, take=take, by=mine.by, at=later(61))


def test_an_earlier_text_is_restored_as_a_new_one(lesson):
    page = Writer(lesson, "page-one")
    page.save("Other.")

    restore(lesson, 0, by=page.by, at=later(60))

    assert history(lesson)[-1] == (2, "stands", BEGAN[2])
    assert AuditEntry.objects.get().verb == "lesson.restore"
    with pytest.raises(NotThere):
        restore(lesson, 99, by=page.by, at=later(61))


def test_an_empty_title_leaves_the_one_there_is(lesson):
    Writer(lesson, "page-one").save("Text.", title="  ")

    lesson.refresh_from_db()
    assert lesson.title == "A"


def test_who_writes_under_another_title_is_told_of_a_new_one(lesson):
    page = Writer(lesson, "page-one")
    page.save("Text.")
    rename_lesson(lesson, "Renamed", by=page.by, at=later(30))

    assert page.save("Text, longer.").outcome == "beside"
    lesson.refresh_from_db()
    assert (lesson.title, lesson.text) == ("Renamed", "Text.")


def test_a_book_is_no_lesson(lesson):
    with pytest.raises(TooMuch):
        Writer(lesson, "page-one").save("x" * (MOST_LETTERS + 1))


def test_nothing_is_saved_into_a_published_edition(draft: Draft, lesson):
    draft.edition.published_at = PUBLISHED
    draft.edition.save()

    with pytest.raises(NotADraft):
        Writer(lesson, "page-one").save("Too late.")
    lesson.refresh_from_db()
    assert lesson.text == BEGAN[2]


def test_a_number_is_given_once_in_a_lesson(lesson):
    told = {"lesson": lesson, "number": 1, "began_at": later(), "at": later(1)}
    LessonSave.objects.create(title="T", **told)

    with refused_by("lesson_save_number_once"):
        LessonSave.objects.create(title="T", **told)
    with refused_by("lesson_save_has_a_title"):
        LessonSave.objects.create(title="", **{**told, "number": 2})
    with refused_by("lesson_save_ends_after_it_began"):
        LessonSave.objects.create(title="T", **{**told, "number": 3, "at": later(-1)})
