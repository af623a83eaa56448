from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress

from courses.catalogue.models import Edition
from courses.learning.models import Attempt, Certificate, Completion, Enrolment
from courses.learning.services.enrolments import (
    AddressNotConfirmed,
    EditionNotOpen,
    NothingNewer,
    NotInThisEdition,
    NotJoined,
    QuizStillOpen,
    finish_lesson,
    join,
    leave,
    move_over,
    open_lesson,
)
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, confirmed, course_of, done, learning
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)
from tests.threads import together

LATER = DAY + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def next_edition(edition: Edition, *, changed: str = "") -> Edition:
    """The same lessons once more; the one with this key has another text."""
    newer = EditionFactory(course=edition.course, number=edition.number + 1)
    module = ModuleFactory(edition=newer, position=1)
    for lesson in edition.lessons.all():
        text = "Another text." if lesson.key == changed else lesson.text
        LessonFactory(module=module, position=lesson.position, key=lesson.key, text=text)
    return newer


# --- Joining ----------------------------------------------------------------------------


def test_joining_needs_no_more_than_a_confirmed_address():
    edition, person = EditionFactory(), confirmed(UserFactory())

    enrolment = join(edition, by=person, at=DAY)

    assert (enrolment.learner, enrolment.edition) == (person, edition)
    assert (enrolment.joined_at, enrolment.active_at, enrolment.left_at) == (DAY, DAY, None)


def test_joining_again_changes_nothing():
    edition, person = EditionFactory(), confirmed(UserFactory())
    first = join(edition, by=person, at=DAY)

    again = join(edition, by=person, at=LATER)

    assert (again, again.joined_at) == (first, DAY)


@pytest.mark.parametrize("is_verified", [None, False])
def test_an_address_that_is_not_confirmed_does_not_join(is_verified):
    person = UserFactory()
    if is_verified is not None:
        EmailAddress.objects.create(user=person, email=person.email, verified=is_verified)

    with pytest.raises(AddressNotConfirmed):
        join(EditionFactory(), by=person, at=DAY)


def test_another_address_of_the_person_that_is_confirmed_does_not_count():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="old@ministry.example", verified=True)

    with pytest.raises(AddressNotConfirmed):
        join(EditionFactory(), by=person, at=DAY)


def test_the_case_of_the_address_does_not_matter():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email.upper(), verified=True)

    assert join(EditionFactory(), by=person, at=DAY).learner == person


def test_nobody_joins_a_draft():
    with pytest.raises(EditionNotOpen):
        join(EditionFactory(published_at=None), by=confirmed(UserFactory()), at=DAY)


def test_a_course_is_open_until_the_day_it_is_retired():
    edition = EditionFactory(course__retired_on=date(2026, 3, 3))

    assert join(edition, by=confirmed(UserFactory()), at=DAY)
    with pytest.raises(EditionNotOpen):
        join(edition, by=confirmed(UserFactory()), at=DAY + timedelta(days=1))


def test_who_is_new_joins_the_newest_edition_and_who_was_there_comes_back_to_theirs():
    edition, person = EditionFactory(), confirmed(UserFactory())
    enrolment = leave(join(edition, by=person, at=DAY), at=DAY)
    EditionFactory(course=edition.course, number=2)

    assert join(edition, by=person, at=LATER) == enrolment
    with pytest.raises(EditionNotOpen):
        join(edition, by=confirmed(UserFactory()), at=LATER)


def test_coming_back_keeps_everything():
    edition = course_of(2)
    enrolment = learning(edition, confirmed(UserFactory()))
    lesson = edition.lessons.first()
    open_lesson(enrolment, lesson, at=DAY, block="b-1")
    finish_lesson(enrolment, lesson, at=DAY)
    leave(enrolment, at=DAY)

    back = join(edition, by=enrolment.learner, at=LATER)

    assert (back.left_at, back.joined_at, back.lesson, back.block) == (None, JOINED, lesson, "b-1")
    assert back.completions.get().done_at == DAY


def test_leaving_twice_keeps_the_first_time():
    enrolment = leave(EnrolmentFactory(), at=DAY)

    assert leave(enrolment, at=LATER).left_at == DAY


def test_a_clock_behind_the_joining_does_not_stop_leaving():
    enrolment = EnrolmentFactory(joined_at=DAY, active_at=DAY)

    assert leave(enrolment, at=DAY - timedelta(seconds=1)).left_at == DAY


# --- Reading ----------------------------------------------------------------------------


def test_opening_a_lesson_remembers_the_first_time_and_the_last_place():
    edition = course_of(1)
    enrolment, lesson = EnrolmentFactory(edition=edition), edition.lessons.get()

    open_lesson(enrolment, lesson, at=DAY)
    completion = open_lesson(enrolment, lesson, at=LATER, block="b-2")

    assert (completion.opened_at, completion.done_at) == (DAY, None)
    stored = Enrolment.objects.get()
    assert (stored.lesson, stored.block, stored.active_at) == (lesson, "b-2", LATER)
    assert (enrolment.block, enrolment.active_at) == ("b-2", LATER)


def test_of_two_devices_the_later_one_tells_the_place():
    edition = course_of(2)
    first, second = edition.lessons.all()
    enrolment = EnrolmentFactory(edition=edition)

    open_lesson(enrolment, second, at=LATER, block="b-9")
    open_lesson(enrolment, first, at=DAY)

    stored = Enrolment.objects.get()
    assert (stored.lesson, stored.block, stored.active_at) == (second, "b-9", LATER)
    assert Completion.objects.count() == 2


def test_finishing_twice_keeps_the_first_time():
    edition = course_of(2)
    enrolment, lesson = EnrolmentFactory(edition=edition), edition.lessons.first()
    open_lesson(enrolment, lesson, at=DAY)

    finish_lesson(enrolment, lesson, at=DAY)
    completion = finish_lesson(enrolment, lesson, at=LATER)

    assert (completion.opened_at, completion.done_at) == (DAY, DAY)


def test_a_lesson_that_was_read_without_a_line_is_opened_when_it_is_done():
    edition = course_of(2)
    enrolment = EnrolmentFactory(edition=edition)

    completion = finish_lesson(enrolment, edition.lessons.first(), at=DAY)

    assert (completion.opened_at, completion.done_at) == (DAY, DAY)


def test_a_lesson_is_not_done_before_it_was_opened():
    edition = course_of(2)
    enrolment, lesson = EnrolmentFactory(edition=edition), edition.lessons.first()
    open_lesson(enrolment, lesson, at=LATER)

    assert finish_lesson(enrolment, lesson, at=DAY).done_at == LATER


@pytest.mark.parametrize("act", [open_lesson, finish_lesson])
def test_a_lesson_of_another_edition_is_refused(act):
    other = course_of(1).lessons.get()

    with pytest.raises(NotInThisEdition):
        act(EnrolmentFactory(), other, at=DAY)


@pytest.mark.parametrize("act", [open_lesson, finish_lesson])
def test_who_left_reads_without_being_counted(act):
    edition = course_of(1)
    enrolment = leave(EnrolmentFactory(edition=edition), at=DAY)

    with pytest.raises(NotJoined):
        act(enrolment, edition.lessons.get(), at=DAY)
    assert not Completion.objects.exists()


# --- Moving over ------------------------------------------------------------------------


def test_moving_over_keeps_what_was_done_in_lessons_that_stayed():
    edition = course_of(3)
    enrolment = EnrolmentFactory(edition=edition)
    first, second, third = edition.lessons.all()
    open_lesson(enrolment, third, at=DAY)
    finish_lesson(enrolment, first, at=DAY)
    finish_lesson(enrolment, second, at=DAY)
    newer = next_edition(edition, changed=second.key)

    moved = move_over(enrolment, at=LATER)

    assert (moved.edition, moved.moved_from, moved.joined_at) == (newer, enrolment, LATER)
    assert [(row.lesson.key, row.opened_at, row.done_at) for row in moved.completions.all()] == [
        (first.key, DAY, DAY)
    ]
    assert moved.lesson.key == third.key
    assert (enrolment.left_at, enrolment.completions.count()) == (LATER, 3)


def test_moving_over_again_gives_the_same_enrolment():
    edition = course_of(2)
    enrolment = EnrolmentFactory(edition=edition)
    done(enrolment, edition.lessons.first())
    next_edition(edition)
    moved = move_over(enrolment, at=DAY)
    finish_lesson(moved, moved.edition.lessons.last(), at=LATER)

    again = move_over(enrolment, at=LATER + timedelta(hours=1))

    assert (again, again.completions.count(), Enrolment.objects.count()) == (moved, 2, 2)


def test_moving_into_an_edition_that_was_joined_before_adds_to_what_is_done_there():
    edition = course_of(2)
    enrolment = EnrolmentFactory(edition=edition)
    done(enrolment, at=DAY)
    newer = next_edition(edition)
    there = EnrolmentFactory(edition=newer, learner=enrolment.learner, left_at=JOINED)
    open_lesson_in = newer.lessons.first()
    Completion.objects.create(enrolment=there, lesson=open_lesson_in, opened_at=LATER)
    done(there, newer.lessons.last(), at=LATER)

    moved = move_over(enrolment, at=LATER)

    assert (moved, moved.left_at) == (there, None)
    assert [row.done_at for row in moved.completions.order_by("lesson__position")] == [DAY, LATER]


def test_moving_over_may_complete_the_newer_edition():
    edition = course_of(1)
    enrolment = learning(edition)
    done(enrolment, at=DAY)
    next_edition(edition)

    moved = move_over(enrolment, at=LATER)

    # The lesson was done before this edition was joined: it is completed when it was joined.
    assert moved.completed_at == LATER
    assert Certificate.objects.get().edition == moved.edition


def test_there_must_be_something_newer():
    edition = EditionFactory()
    EditionFactory(course=edition.course, number=2, published_at=None)

    with pytest.raises(NothingNewer):
        move_over(EnrolmentFactory(edition=edition), at=DAY)


def test_a_quiz_that_was_begun_is_handed_in_first():
    quiz = QuizFactory()
    enrolment = EnrolmentFactory(edition=quiz.edition)
    Attempt.objects.create(enrolment=enrolment, quiz=quiz, number=1, started_at=DAY)
    EditionFactory(course=quiz.edition.course, number=2)

    with pytest.raises(QuizStillOpen):
        move_over(enrolment, at=DAY)
    assert Enrolment.objects.count() == 1


# --- At once, and what the database refuses ---------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_joining_in_two_windows_at_once_is_one_enrolment():
    edition, person = EditionFactory(), confirmed(UserFactory())

    joined = together(*[partial(join, edition, by=person, at=DAY)] * 4)

    assert {enrolment.pk for enrolment in joined} == {Enrolment.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_opening_and_finishing_on_two_devices_at_once_is_one_completion():
    edition = course_of(2)
    enrolment, lesson = EnrolmentFactory(edition=edition), edition.lessons.first()

    together(
        *[partial(open_lesson, enrolment, lesson, at=DAY)] * 2,
        *[partial(finish_lesson, enrolment, lesson, at=LATER)] * 2,
    )

    assert Completion.objects.get().done_at == LATER


def test_the_database_keeps_one_enrolment_and_one_completion():
    enrolment = EnrolmentFactory(edition=course_of(1))
    done(enrolment)

    with refused_by("enrolment_once"):
        EnrolmentFactory(edition=enrolment.edition, learner=enrolment.learner)
    with refused_by("completion_once"):
        done(enrolment)
    with refused_by("enrolment_left_after_joining"):
        EnrolmentFactory(left_at=JOINED - timedelta(days=1))
    with refused_by("enrolment_completed_after_joining"):
        EnrolmentFactory(completed_at=JOINED - timedelta(days=1))
    with refused_by("completion_done_after_opening"):
        Completion.objects.update(done_at=JOINED)
