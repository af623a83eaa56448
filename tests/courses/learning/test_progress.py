from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.weights import page_kb
from courses.learning.models import Attempt, Completion, Enrolment
from courses.learning.outlines import dashboard, outline, outlines, progress, resume
from courses.learning.progress import (
    Item,
    Outline,
    Part,
    State,
    minutes_left,
    place_of,
    progress_of,
)
from courses.learning.services.completion import complete_if_met
from courses.quizzes.models import Quiz
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, course_of, done, learning, named, sat
from tests.factories.courses import (
    PUBLISHED,
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)

LATER = DAY + timedelta(hours=1)


def item(pk: int, state: State = State.NOT_BEGUN, *, is_required: bool = True) -> Item:
    return Item(
        kind="lesson",
        pk=pk,
        key=f"lesson-{pk}",
        title=f"Lesson {pk}",
        address=f"/courses/t-1/lesson-{pk}/",
        minutes=10,
        kb=8,
        rule="read",
        is_required=is_required,
        state=state,
        done_at=None,
    )


def of(*items: Item) -> Outline:
    return Outline((Part("module-1", "Module 1", 1, items),))


# --- Pure -------------------------------------------------------------------------------

ITEMS = st.builds(item, st.integers(1, 99), st.sampled_from(State), is_required=st.booleans())


@given(st.lists(ITEMS, max_size=30))
def test_progress_is_never_over_100_and_full_only_when_nothing_is_missing(items):
    found = progress_of(of(*items), None)

    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (found.required > 0 and not found.missing)
    assert found.done + len(found.missing) == found.required


def test_what_is_not_required_does_not_count():
    found = progress_of(
        of(item(1, State.DONE), item(2), item(3, State.DONE, is_required=False)), None
    )

    assert (found.done, found.required, found.percent) == (1, 2, 50)
    assert [one.pk for one in found.missing] == [2]


def test_an_outline_without_anything_is_at_nought():
    assert progress_of(Outline(()), None).percent == 0
    assert place_of(Outline(()), lesson=None, block="") is None


def test_one_goes_on_in_the_lesson_last_read():
    place = place_of(of(item(1, State.DONE), item(2, State.OPEN)), lesson=2, block="b-7")

    assert (place.item.pk, place.block, place.number) == (2, "b-7", 2)
    assert place.address == "/courses/t-1/lesson-2/#b-7"
    assert place.part.number == 1


def test_after_a_lesson_that_is_done_comes_the_next_one_that_is_not():
    items = [item(1), item(2, State.DONE), item(3, is_required=False), item(4)]

    assert place_of(of(*items), lesson=2, block="b-7").address == "/courses/t-1/lesson-4/"


def test_what_was_left_out_before_comes_at_the_end_and_then_what_is_not_required():
    items = [item(1, is_required=False), item(2), item(3, State.DONE)]

    assert place_of(of(*items), lesson=3, block="").item.pk == 2
    rest = [item(1, is_required=False), item(2, State.DONE)]
    assert place_of(of(*rest), lesson=2, block="").item.pk == 1
    assert place_of(of(item(1, State.DONE)), lesson=1, block="") is None


def test_a_place_that_is_no_longer_there_is_the_beginning():
    assert place_of(of(item(1), item(2)), lesson=99, block="b-1").item.pk == 1


@pytest.mark.parametrize(
    ("block", "left"), [("", 10), ("b-1", 10), ("b-2", 5), ("b-none", 10), ("b-last", 1)]
)
def test_minutes_left_are_those_of_the_text_that_is_left(block, left):
    html = '<p id="b-1">'.ljust(500, ".") + '<p id="b-2">'.ljust(490, ".") + '<p id="b-last">'

    assert minutes_left(item(1), block, html) == left


def test_a_state_has_its_word():
    assert [state.word for state in State] == ["done", "begun", "not begun"]


# --- Read -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_outline_tells_each_lesson_and_quiz_with_its_weight_and_rule():
    edition = course_of(2)
    module = edition.modules.get()
    QuizFactory(edition=edition, module=module, title="Check", minutes=5)
    QuizFactory(edition=edition, title="Survey", plan=Quiz.Plan.SURVEY, pass_mark=None)

    found = outline(edition, None)

    assert [(part.number, [one.title for one in part.items]) for part in found.parts] == [
        (1, ["Lesson 1", "Lesson 2", "Check"]),
        (None, ["Survey"]),
    ]
    first, _, check, survey = found.items
    weight = page_kb(len(edition.lessons.first().html))
    assert (first.minutes, first.kb, first.rule) == (10, weight, "opened and read to its end")
    assert (check.minutes, check.kb, check.rule) == (5, None, "passed with 70 %")
    assert survey.rule == "handed in"
    assert {one.state for one in found.items} == {State.NOT_BEGUN}
    assert (found.minutes, found.parts[0].kb) == (40, 2 * weight)
    assert first.address == f"/courses/{edition.course.slug}/lesson-1/"


@pytest.mark.django_db
def test_states_are_those_of_this_learner_in_this_enrolment():
    edition = course_of(3)
    check, survey = (
        QuizFactory(edition=edition),
        QuizFactory(edition=edition, pass_mark=None, plan="survey"),
    )
    mine, theirs = learning(edition), learning(edition)
    first, second, _ = edition.lessons.all()
    done(mine, first)
    Completion.objects.create(enrolment=mine, lesson=second, opened_at=DAY)
    sat(mine, check, is_passed=False)
    sat(mine, survey, is_passed=None, at=LATER)
    done(theirs)

    found = outline(edition, mine)

    assert [one.state for one in found.items] == ["done", "open", "not_begun", "open", "done"]
    assert [one.done_at for one in found.items] == [DAY, None, None, None, LATER]
    assert not found.parts[0].is_done


@pytest.mark.django_db
def test_an_item_added_later_lowers_progress_but_not_the_completion():
    edition = course_of(1)
    enrolment = learning(edition)
    done(enrolment)
    complete_if_met(enrolment, at=DAY)
    LessonFactory(module=edition.modules.get(), position=2, title="New")

    found = progress(enrolment)

    assert (found.done, found.required, found.percent) == (1, 2, 50)
    assert [one.title for one in found.missing] == ["New"]
    assert (found.is_completed, found.completed_at) == (True, DAY)


@pytest.mark.django_db
def test_one_resumes_at_the_block_with_the_minutes_that_are_left():
    edition = course_of(2)
    lesson = edition.lessons.last()
    lesson.text = "\n\n".join(f"Paragraph {n}, as long as the others." for n in range(10, 20))
    lesson.save()
    block = lesson.html.split('id="')[6].partition('"')[0]
    enrolment = learning(edition, lesson=lesson, block=block)

    place = resume(enrolment)

    assert (place.item.title, place.block, place.minutes_left) == ("Lesson 2", block, 5)


@pytest.mark.django_db
def test_modules_are_in_order_and_counted_from_one():
    edition = EditionFactory()
    for position in (7, 3):
        LessonFactory(
            module=ModuleFactory(edition=edition, position=position), title=f"In {position}"
        )

    found = outline(edition, None)

    assert [(part.number, part.items[0].title) for part in found.parts] == [
        (1, "In 3"),
        (2, "In 7"),
    ]


# --- The dashboard ----------------------------------------------------------------------


@pytest.mark.django_db
def test_the_dashboard_goes_on_with_the_course_last_read():
    person = UserFactory()
    older = learning(course_of(2), person)
    latest = learning(course_of(2), person, active_at=LATER)
    learning(course_of(1), person, completed_at=DAY, active_at=LATER)
    learning(course_of(1), person, left_at=DAY, active_at=LATER)

    found = dashboard(person, LATER)

    assert (found.on_with.enrolment, [one.enrolment for one in found.others]) == (latest, [older])
    assert found.on_with.place.item.title == "Lesson 1"
    assert (found.on_with.progress.percent, found.waiting_for_name) == (0, 1)


@pytest.mark.django_db
def test_what_was_begun_is_due_the_next_deadline_first():
    person = UserFactory()
    enrolment = learning(course_of(1), person)
    times = {"past": -1, "soon": 1, "later": 2, "none": None}
    for title, hours in times.items():
        quiz = QuizFactory(edition=enrolment.edition, title=title)
        deadline = None if hours is None else LATER + timedelta(hours=hours)
        Attempt.objects.create(
            enrolment=enrolment, quiz=quiz, number=1, started_at=PUBLISHED, deadline_at=deadline
        )
    sat(learning(course_of(1), person), QuizFactory(title="handed in"))
    Attempt.objects.create(
        enrolment=learning(course_of(1)), quiz=QuizFactory(), number=1, started_at=DAY
    )

    found = dashboard(person, LATER)

    assert [attempt.quiz.title for attempt in found.due] == ["soon", "later", "none"]


@pytest.mark.django_db
def test_new_are_newer_editions_of_ones_own_courses_and_then_courses_never_joined():
    person = UserFactory()
    mine = learning(course_of(1, published_at=PUBLISHED), person).edition
    newer = EditionFactory(course=mine.course, number=2)
    others = [EditionFactory(published_at=PUBLISHED + timedelta(days=days)) for days in (1, 3, 2)]
    EditionFactory(published_at=None)

    found = dashboard(person, LATER)

    assert found.new == [newer, others[1], others[2]]
    assert dashboard(named(), LATER).on_with is None


# --- What it costs ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("lessons", [1, 40])
def test_outline_progress_and_resume_cost_the_same_for_any_number_of_lessons(
    lessons, count_queries
):
    edition = course_of(lessons)
    sat(learning(edition), QuizFactory(edition=edition))
    enrolment = Enrolment.objects.select_related("edition__course", "lesson").get()
    done(enrolment)

    with count_queries(2):
        outline(enrolment.edition, None)
    with count_queries(4):
        outline(enrolment.edition, enrolment)
    with count_queries(4):
        assert progress(enrolment).percent == 100
    with count_queries(4):
        assert resume(enrolment) is None


@pytest.mark.django_db
@pytest.mark.parametrize("courses", [1, 40])
def test_many_outlines_cost_as_much_as_one(courses, count_queries):
    person = UserFactory()
    for _ in range(courses):
        done(learning(course_of(1), person))
    enrolments = list(Enrolment.objects.of(person).select_related("edition__course"))

    with count_queries(4):
        found = outlines([(one.edition, one) for one in enrolments])
    assert len(found) == courses


@pytest.mark.django_db
@pytest.mark.parametrize(("courses", "lessons"), [(1, 1), (1, 40), (8, 3)])
def test_the_dashboard_costs_the_same_however_much_is_on_it(courses, lessons, count_queries):
    person = UserFactory()
    for _ in range(courses):
        enrolment = learning(course_of(lessons), person)
        quiz = QuizFactory(edition=enrolment.edition, pass_mark=Decimal("0.5"))
        Attempt.objects.create(enrolment=enrolment, quiz=quiz, number=1, started_at=DAY)

    with count_queries(8):
        found = dashboard(person, LATER)
        assert [attempt.quiz.edition.course.slug for attempt in found.due]
        assert [edition.course.slug for edition in found.new] == []
