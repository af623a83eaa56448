"""Parts of a draft are added, moved, copied, removed and put back."""

from __future__ import annotations

import pytest
from django.core import serializers

from courses.authoring import parts
from courses.authoring.models import LessonSave, Removed, Writing
from courses.authoring.refusals import NotADraft, NotThere, TooMuch
from courses.authoring.services import outline, removing
from courses.authoring.services.presence import be_seen
from courses.catalogue.models import Lesson, Module
from courses.quizzes.models import Quiz, QuizQuestion
from partnership.accounts.models import Role
from tests.constraints import refused_by
from tests.courses.authoring.writing import Draft, Writer, later
from tests.factories.accounts import person_with
from tests.factories.courses import PUBLISHED, EditionFactory, LessonFactory, QuizFactory, asked


@pytest.fixture
def who(db):
    return {"by": person_with(Role.TRAINER), "at": later()}


@pytest.mark.parametrize(
    ("name", "way", "order"),
    [
        ("lesson:b", "up", {"one": "bac", "two": "de"}),
        ("lesson:b", "down", {"one": "acb", "two": "de"}),
        ("lesson:a", "up", {"one": "abc", "two": "de"}),
        ("lesson:a", "next", {"one": "bc", "two": "ade"}),
        ("lesson:d", "previous", {"one": "abcd", "two": "e"}),
        ("lesson:e", "next", {"one": "abc", "two": "de"}),
        ("module:two", "up", {"two": "de", "one": "abc"}),
    ],
)
def test_a_part_moves_among_its_like_and_into_the_next_module(draft: Draft, name, way, order):
    outline.move(draft.edition, name, way)

    assert list(draft.order().items()) == list(order.items())


@pytest.mark.parametrize(
    ("name", "to", "order"),
    [
        ("lesson:c", {"before": "lesson:a"}, {"one": "cab", "two": "de"}),
        ("lesson:a", {"before": "lesson:e"}, {"one": "bc", "two": "dae"}),
        ("lesson:a", {"module": "two"}, {"one": "bc", "two": "dea"}),
        ("module:two", {"before": "module:one"}, {"two": "de", "one": "abc"}),
    ],
)
def test_a_part_that_is_dropped_stands_there(draft: Draft, name, to, order):
    outline.place(draft.edition, name, **to)

    assert list(draft.order().items()) == list(order.items())


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("lesson:a", {"before": "module:two"}),
        ("lesson:a", {"module": ""}),
        ("lesson:gone", {"module": "two"}),
        ("nonsense", {"module": "two"}),
    ],
)
def test_what_cannot_stand_there_is_refused(draft: Draft, name, to):
    with pytest.raises(NotThere):
        outline.place(draft.edition, name, **to)
    assert draft.order() == {"one": "abc", "two": "de"}


def test_a_new_lesson_has_no_key_that_an_earlier_edition_had(draft: Draft, who):
    old = EditionFactory(course=draft.course, number=9)
    LessonFactory(module__edition=old, key="the-gap", slug="gap")

    row = outline.add(draft.edition, "lesson", " The  gap ", module="two", **who)

    assert (row.key, row.slug, row.title) == ("the-gap-2", "the-gap-2", "The gap")
    assert draft.order()["two"] == "dethe-gap-2"
    assert outline.add(draft.edition, "lesson", "Quizzes", module="two", **who).key == "quizzes-2"
    assert outline.add(draft.edition, "module", "検証", **who).key == "module"


def test_a_part_has_a_title_and_a_course_an_end(draft: Draft, who, monkeypatch):
    with pytest.raises(NotThere):
        outline.add(draft.edition, "lesson", "  ", module="two", **who)
    monkeypatch.setattr(outline, "MOST_PARTS", 7)
    with pytest.raises(TooMuch):
        outline.add(draft.edition, "module", "One more", **who)


def test_a_quiz_is_added_moved_to_the_end_of_the_course_and_copied_with_its_questions(draft, who):
    quiz = outline.add(draft.edition, "quiz", "Check", module="two", **who)
    asked(quiz)
    outline.move(draft.edition, "quiz:check", "next")
    copy = outline.copy(draft.edition, "quiz:check", **who)

    assert Quiz.objects.get(pk=quiz.pk).module is None
    assert (copy.key, copy.title, copy.module) == ("check-copy", "Check (copy)", None)
    lines = QuizQuestion.objects.filter(group__quiz=copy).values_list("version", flat=True)
    assert list(lines) == list(
        QuizQuestion.objects.filter(group__quiz=quiz).values_list("version", flat=True)
    )


def test_a_module_is_copied_with_all_that_is_in_it(draft: Draft, who):
    asked(QuizFactory(edition=draft.edition, module=draft.two, key="check"))

    copy = outline.copy(draft.edition, "module:two", **who)

    assert list(draft.order()) == ["one", "two", copy.key]
    twins = Lesson.objects.filter(module=copy).order_by("position")
    assert list(twins.values_list("title", "text")) == list(
        draft.two.lessons.order_by("position").values_list("title", "text")
    )
    assert not {row.key for row in twins} & {"d", "e"}
    assert QuizQuestion.objects.filter(group__quiz__module=copy).count() == 1


def whole(draft: Draft) -> str:
    """Every row of the draft, as text."""
    models = (Module, Lesson, Quiz)
    rows = [
        row
        for model in models
        for row in model.objects.filter(edition=draft.edition).order_by("pk")
    ]
    rows += QuizQuestion.objects.order_by("pk")
    rows += LessonSave.objects.order_by("pk")
    return serializers.serialize("json", rows)


@pytest.mark.parametrize("name", ["module:one", "lesson:b", "quiz:check"])
def test_what_was_removed_is_put_back_whole(draft: Draft, who, name):
    Writer(draft.row("b"), "page-one").save("Written.")
    be_seen(draft.row("b"), who["by"], who["at"])
    asked(QuizFactory(edition=draft.edition, module=draft.one, key="check", position=1))
    before = whole(draft)

    kept = removing.remove(draft.edition, name, **who)
    assert whole(draft) != before
    removing.put_back(draft.edition, kept.pk, **who)

    assert whole(draft) == before
    assert not Removed.objects.exists()
    with pytest.raises(NotThere):
        removing.put_back(draft.edition, kept.pk, **who)


def test_a_part_whose_name_is_taken_meanwhile_comes_back_under_another(draft: Draft, who):
    kept = removing.remove(draft.edition, "lesson:a", **who)
    LessonFactory(module=draft.one, key="a", position=9)

    removing.put_back(draft.edition, kept.pk, **who)

    assert sorted(draft.edition.lessons.values_list("key", flat=True)) == [*"a", "a-2", *"bcde"]


def test_what_is_in_a_module_comes_back_beside_what_took_its_name(draft: Draft, who):
    kept = removing.remove(draft.edition, "module:one", **who)
    assert outline.add(draft.edition, "lesson", "A", module="two", **who).key == "a"

    removing.put_back(draft.edition, kept.pk, **who)

    assert draft.order() == {"one": "a-2bc", "two": "dea"}


def test_a_lesson_comes_back_only_where_its_module_is(draft: Draft, who):
    kept = removing.remove(draft.edition, "lesson:a", **who)
    module = removing.remove(draft.edition, "module:one", **who)

    with pytest.raises(NotThere):
        removing.put_back(draft.edition, kept.pk, **who)
    removing.put_back(draft.edition, module.pk, **who)
    removing.put_back(draft.edition, kept.pk, **who)
    assert draft.order() == {"one": "abc", "two": "de"}


def test_what_another_draft_removed_is_not_put_into_this_one(draft: Draft, who):
    kept = removing.remove(draft.edition, "lesson:a", **who)

    with pytest.raises(NotThere):
        removing.put_back(EditionFactory(published_at=None), kept.pk, **who)


def test_nothing_of_a_published_edition_is_moved_or_removed(draft: Draft, who):
    draft.edition.published_at = PUBLISHED
    draft.edition.save()

    for act in (
        lambda: outline.move(draft.edition, "lesson:a", "down"),
        lambda: outline.add(draft.edition, "module", "New", **who),
        lambda: removing.remove(draft.edition, "lesson:a", **who),
    ):
        with pytest.raises(NotADraft):
            act()
    assert draft.order() == {"one": "abc", "two": "de"}


def test_a_removed_part_holds_something_and_a_writer_is_told_once(draft: Draft, who):
    with refused_by("removed_holds_something"):
        Removed.objects.create(
            edition=draft.edition, kind="lesson", key="a", title="A", rows=[], at=later()
        )
    be_seen(draft.row("a"), who["by"], later())
    be_seen(draft.row("a"), who["by"], later(5))
    with refused_by("writing_person_once"):
        Writing.objects.create(lesson=draft.row("a"), person=who["by"], seen_at=later())


def test_a_name_of_a_part_is_that_of_its_kind_and_key(draft: Draft):
    assert parts.name_of(parts.part_of(draft.edition, "lesson:a")) == "lesson:a"
