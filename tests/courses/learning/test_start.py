from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from courses.learning import drawing
from courses.learning.models import Attempt, PaperOption
from courses.learning.services import attempts
from courses.learning.services.attempts import (
    NoAttemptsLeft,
    NotEnrolled,
    NothingAsked,
    QuizElsewhere,
    WaitFirst,
    start_attempt,
)
from tests.courses.learning.seats import EXAM, KINDS, START, Seat, later
from tests.factories.courses import (
    EnrolmentFactory,
    QuestionCaseFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
)

pytestmark = pytest.mark.django_db


def test_a_start_fixes_the_whole_paper():
    seat = Seat(*KINDS)

    paper = list(seat.attempt.paper.order_by("position"))

    assert (seat.attempt.number, seat.attempt.started_at, seat.attempt.is_open) == (1, START, True)
    assert [question.position for question in paper] == [1, 2, 3, 4, 5, 6, 7]
    assert {question.version for question in paper} == set(seat.versions)
    for question in paper:
        options = set(question.options.values_list("option", flat=True))
        assert options == set(question.version.options.values_list("pk", flat=True))


def test_a_second_start_gives_the_open_attempt():
    seat = Seat()

    again = start_attempt(seat.enrolment, seat.quiz, at=later(1))

    assert again == seat.attempt
    assert Attempt.objects.count() == 1


def test_a_paper_does_not_change_when_the_quiz_does():
    seat = Seat("single", "number")
    before = list(seat.attempt.paper.values_list("token", "version", "options__token"))

    asked(seat.quiz, "multiple")

    assert list(seat.attempt.paper.values_list("token", "version", "options__token")) == before


def test_who_left_does_not_start():
    seat = Seat(starts=False)
    seat.enrolment.left_at = START

    with pytest.raises(NotEnrolled):
        seat.start()


def test_a_quiz_of_another_edition_is_not_started():
    with pytest.raises(QuizElsewhere):
        start_attempt(EnrolmentFactory(), QuizFactory(), at=START)


def test_a_quiz_without_questions_is_not_started():
    quiz = QuizFactory()

    with pytest.raises(NothingAsked):
        start_attempt(EnrolmentFactory(edition=quiz.edition), quiz, at=START)

    assert not Attempt.objects.exists()


def test_used_up_attempts_are_refused():
    seat = Seat(attempts_allowed=2)
    seat.submit()
    seat.start(later(6))
    seat.submit("another", at=later(7))

    with pytest.raises(NoAttemptsLeft):
        seat.start(later(8))


def test_practice_has_no_limit_and_no_waiting():
    seat = Seat(plan="practise", attempts_allowed=1, wait_minutes=60)
    seat.submit()

    assert seat.start(later(6)).number == 2


def test_the_next_attempt_waits():
    seat = Seat(wait_minutes=60)
    seat.submit(at=later(5))

    with pytest.raises(WaitFirst) as refusal:
        seat.start(later(64, 59))

    assert refusal.value.until == later(65)
    assert seat.start(later(65)).number == 2


@pytest.mark.parametrize("plan", ["practise", "check", "survey"])
def test_only_an_exam_has_a_deadline(plan):
    assert Seat(plan=plan).attempt.deadline_at is None
    assert Seat(**EXAM).attempt.deadline_at == START + timedelta(minutes=30)


def test_an_overdue_attempt_is_closed_before_the_next_one():
    seat = Seat(**{**EXAM, "attempts_allowed": 2})
    first = seat.attempt

    second = seat.start(later(32))

    first.refresh_from_db()
    assert (first.closed_by, second.number) == ("deadline", 2)


def test_a_group_draws_its_quota_and_no_question_twice():
    quiz = QuizFactory()
    few = QuizGroupFactory(quiz=quiz, quota=2)
    for _ in range(5):
        asked(quiz, group=few)
    whole = QuizGroupFactory(quiz=quiz)
    sure = [asked(quiz, group=whole) for _ in range(2)]
    whole.questions.create(version=few.questions.first().version, position=9)

    attempt = start_attempt(EnrolmentFactory(edition=quiz.edition), quiz, at=START)

    drawn = [question.version for question in attempt.paper.all()]
    assert len(set(drawn)) == len(drawn)
    assert set(sure) <= set(drawn)
    assert len(drawn) in (4, 5)


def test_the_questions_of_a_case_stay_together_in_their_order():
    for _ in range(20):
        order = drawing.draw([drawing.Pool([(1, None), (2, "a"), (3, None), (4, "a"), (5, "b")])])
        assert order.index(4) == order.index(2) + 1


def test_a_question_of_a_case_is_drawn_with_its_case():
    quiz = QuizFactory()
    case = QuestionCaseFactory(course=quiz.edition.course)
    for _ in range(3):
        asked(quiz, case=case)
        asked(quiz)

    attempt = start_attempt(EnrolmentFactory(edition=quiz.edition), quiz, at=START)

    places = [row.position for row in attempt.paper.filter(version__case=case)]
    assert places == list(range(places[0], places[0] + 3))


def test_three_to_be_ordered_never_start_in_the_right_order():
    seat = Seat("ordering", plan="practise")
    for n in range(30):
        seat.submit(f"key-{n}", at=later(n + 1))
        seat.start(later(n + 1))

    starts = set()
    for attempt in Attempt.objects.all():
        rows = PaperOption.objects.filter(question__attempt=attempt).order_by("position")
        starts.add(tuple(rows.values_list("option__text", flat=True)))
    assert ("first", "second", "third") not in starts
    assert len(starts) > 1


def test_two_to_be_ordered_start_in_either_order_or_the_start_would_tell():
    assert {tuple(drawing.shuffle([1, 2], right=[1, 2])) for _ in range(60)} == {(1, 2), (2, 1)}


@pytest.mark.parametrize("questions", [3, 30])
def test_a_start_costs_the_same_for_any_number_of_questions(questions, count_queries):
    seat = Seat(*(KINDS[-n % 7] for n in range(questions)), starts=False)

    # Two of them are the savepoint that a test's own transaction asks for.
    with count_queries(13):
        seat.start()


def test_what_the_database_refuses_for_another_reason_is_not_taken_for_a_race(monkeypatch):
    def broken(*drawn):
        raise IntegrityError

    monkeypatch.setattr(attempts, "_draw_up", broken)
    with pytest.raises(IntegrityError):
        Seat()
