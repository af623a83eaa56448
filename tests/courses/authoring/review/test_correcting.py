"""The spelling of a published lesson is corrected; more than spelling is another edition."""

from __future__ import annotations

import pytest

from courses.authoring.review.refusals import NotSpelling
from courses.authoring.review.services.correcting import Corrected, Correction, correct, seal_of
from courses.authoring.review.spelling import difference
from courses.catalogue.models import Edition, Lesson, LessonRevision
from courses.catalogue.services import ChangedMeanwhile, NotPublished
from courses.quizzes.services import open_draft
from tests.courses.authoring.review.reading import colleague, write
from tests.courses.authoring.writing import Draft, history, later
from tests.factories.courses import EditionFactory, LessonFactory, ModuleFactory

BEFORE = "A Party recieves 4,000 t and must not count them twice."
AFTER = "A Party receives 4,000 t and must not count them twice."


@pytest.fixture
def lesson(db) -> Lesson:
    edition = EditionFactory(course__slug="t-w", course__code="T-W")
    return LessonFactory(module=ModuleFactory(edition=edition), key="a", text=BEFORE)


def corrected(lesson: Lesson, text: str = AFTER, **given) -> Corrected:
    by = given.pop("by", None) or colleague()
    told = {"saw": seal_of(lesson.text), "reason": "A slip", **given}
    return correct(lesson, Correction(text, **told), by=by, at=later())


def test_a_correction_keeps_who_when_why_and_what_stood_there(lesson: Lesson):
    by = colleague()

    corrected(lesson, by=by)

    row = LessonRevision.objects.get()
    assert (row.before, row.by, row.at, row.reason) == (BEFORE, by, later(), "A slip")
    fresh = Lesson.objects.get(pk=lesson.pk)
    assert (fresh.text, "receives" in fresh.html) == (AFTER, True)
    assert Edition.objects.count() == 1


def test_the_draft_is_corrected_where_it_says_the_same_and_left_where_it_does_not(lesson: Lesson):
    LessonFactory(module=lesson.module, key="b", text=BEFORE)
    draft = open_draft(lesson.edition.course, at=later())
    drafted = Draft.__new__(Draft)
    drafted.edition = draft
    write(drafted, "Written anew.", colleague(), key="b")

    same = corrected(lesson)
    other = corrected(lesson.edition.lessons.get(key="b"))

    assert (same.in_draft, other.in_draft) == (True, False)
    assert drafted.row("a").text == AFTER
    assert drafted.row("b").text == "Written anew."
    assert [text for _number, _state, text in history(drafted.row("a"))] == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "text",
    [
        AFTER.replace("4,000", "40,000"),
        AFTER.replace("must not", "must"),
        AFTER.replace("must", "may"),
    ],
)
def test_another_number_or_rule_needs_a_reason_of_its_own(lesson: Lesson, text: str):
    with pytest.raises(NotSpelling):
        corrected(lesson, text)
    assert not LessonRevision.objects.exists()

    corrected(lesson, text, why_meaning="As in the decision")
    assert LessonRevision.objects.get().reason == "A slip (As in the decision)"


def test_another_text_is_no_correction(lesson: Lesson):
    for text in (
        " ".join(["word"] * 20),
        f"{BEFORE} [x](/nowhere/)",
        f"{BEFORE} ![](/media/x.png)",
    ):
        with pytest.raises(NotSpelling):
            corrected(lesson, text, why_meaning="It is")
    assert Lesson.objects.get(pk=lesson.pk).text == BEFORE


def test_what_somebody_else_corrected_meanwhile_is_not_overwritten(lesson: Lesson):
    saw = seal_of(lesson.text)
    corrected(lesson)

    with pytest.raises(ChangedMeanwhile):
        corrected(lesson, BEFORE.replace("twice", "Twice"), saw=saw)


def test_a_draft_is_edited_and_not_corrected(draft: Draft):
    with pytest.raises(NotPublished):
        corrected(draft.row("a"), "A tonne is counted **Once**.")


def test_spelling_is_told_from_what_it_says():
    assert not difference("It is recieved.", "It is received.").touches_meaning
    assert difference("of 2,5 t", "of 2.5 t").numbers == ("2,5", "2.5")
    assert difference("ne peut pas", "peut").turning == ("ne", "pas")
    assert difference("a b", "a b").words == 0
    assert difference(" ".join("x" * 400), " ".join("y" * 13 + "x" * 387)).is_large
