"""Requests, allowances and late answers, decided at the desk."""

from __future__ import annotations

import pytest

from courses.learning.late_answers import effects, waiting
from courses.learning.models import Allowance, Attempt, AttemptRequest, OtherAnswer
from courses.learning.services.allowances import ask_for_attempt
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.courses.learning.desks import Desk, verbs
from tests.courses.learning.seats import Seat, later
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db


def desk_of(seat: Seat) -> Desk:
    return Desk(seat.quiz.edition.course)


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("to", "body"))


# --- Requests ---------------------------------------------------------------------------


@pytest.fixture
def asking() -> Seat:
    seat = Seat(attempts_allowed=1)
    seat.save(seat.chosen("wrong"))
    seat.submit()
    ask_for_attempt(seat.enrolment, seat.quiz, at=later(20))
    return seat


def answer(desk: Desk, decision: str, reason: str = "", row: object = None):
    row = AttemptRequest.objects.get().pk if row is None else row
    return desk.post("requests/answer/", row=row, decision=decision, reason=reason)


def test_a_request_is_shown_with_what_was_reached(asking):
    page = desk_of(asking).page("requests/")

    assert asking.learner.name in page
    assert "1 attempt taken, best 0\u202f%, passed from 70\u202f%" in page


def test_a_granted_request_gives_one_attempt_and_tells_the_learner(asking):
    desk = desk_of(asking)

    assert answer(desk, "grant", "The line was down.").status_code == 302

    (to, body), *others = mails()
    assert (to, others) == (asking.learner.email, [])
    assert "1 attempt more" in body
    assert "The line was down." in body
    assert f"/courses/{asking.quiz.edition.course.slug}/quizzes/{asking.quiz.slug}/" in body
    assert asking.start(later(30)).number == 2
    assert verbs() == ["allowance.grant"]
    assert "granted" in desk.page("requests/")


def test_a_declined_request_says_why_and_the_reason_is_kept(asking):
    desk = desk_of(asking)

    answer(desk, "decline", "Read module 2 first.")

    assert AttemptRequest.objects.get().is_granted is False
    assert not Allowance.objects.exists()
    assert "Read module 2 first." in mails()[0][1]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == (
        "attempt_request.decline",
        {"reason": "Read module 2 first."},
    )


def test_a_request_is_not_declined_without_a_reason_nor_answered_twice(asking):
    desk = desk_of(asking)
    row = AttemptRequest.objects.get().pk

    assert answer(desk, "decline", " ").status_code == 409
    answer(desk, "grant")
    assert answer(desk, "grant", row=row).status_code == 409
    assert answer(desk, "perhaps", row=row).status_code == 400
    assert answer(desk, "decline", "a\0b", row=row).status_code == 400
    assert answer(desk, "grant", row="x").status_code == 404
    assert (Allowance.objects.count(), len(mails())) == (1, 1)


def test_the_request_of_another_course_does_not_exist(asking):
    stranger = desk_of(Seat(starts=False))

    assert answer(stranger, "grant").status_code == 404
    assert AttemptRequest.objects.get().answered_at is None


# --- Late answers -----------------------------------------------------------------------


def late_seat() -> Seat:
    """A wrong answer stands in the first question; the right one came too late, twice."""
    seat = Seat("single", "single")
    seat.save(seat.chosen("wrong"))
    seat.save(n=1)
    seat.submit()
    seat.save({"chosen": []}, at=later(6), key="early")
    seat.save(at=later(7), key="late")
    return seat


def decide(desk: Desk, decision: str):
    row = OtherAnswer.objects.get(save_key="late").pk
    return desk.post("late/decide/", row=row, decision=decision)


def test_a_late_answer_is_shown_once_with_what_taking_it_changes():
    seat = late_seat()

    (late,) = effects(list(waiting(seat.quiz.edition.course)))

    assert (late.standing, late.sent) == ("wrong", "right")
    assert (late.now, late.then, late.passes_now, late.passes_then) == (0.5, 1, False, True)
    page = desk_of(seat).page("late/")
    assert "50\u202f% → <b>100\u202f%</b>" in page
    assert "passes then" in page


def test_taking_it_does_what_was_shown_and_is_written_down():
    seat = late_seat()
    (late,) = effects(list(waiting(seat.quiz.edition.course)))
    desk = desk_of(seat)

    decide(desk, "take")

    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_passed) == (late.then, late.passes_then)
    assert attempt.gradings.latest("number").by == desk.trainer
    assert "No late answer waits" in desk.page("late/")
    assert verbs() == ["answer.accept"]
    assert decide(desk, "take").status_code == 409


def test_leaving_it_aside_changes_nothing_and_can_be_undone():
    seat = late_seat()
    desk = desk_of(seat)

    decide(desk, "leave")
    left = desk.page("late/")
    again = decide(desk, "leave")
    decide(desk, "back")

    assert "Let it wait again" in left
    assert again.status_code == 409
    assert Attempt.objects.get().score == 0.5
    other = OtherAnswer.objects.get(save_key="late")
    assert (other.outcome, other.decided_by) == ("waiting", None)
    assert verbs() == ["answer.leave", "answer.put_back"]
    decide(desk, "take")
    assert Attempt.objects.get().score == 1
    assert decide(desk, "back").status_code == 409


def test_what_a_learner_chose_between_devices_is_none_of_the_trainers_business():
    seat = late_seat()
    OtherAnswer.objects.update(reason="device")
    desk = desk_of(seat)

    assert "No late answer waits" in desk.page("late/")
    assert decide(desk, "take").status_code == 404


def test_the_late_answer_of_another_course_does_not_exist():
    late_seat()
    stranger = desk_of(Seat(starts=False))

    assert decide(stranger, "take").status_code == 404
    assert OtherAnswer.objects.filter(outcome="waiting").count() == 2


def test_late_answers_to_a_survey_have_no_score():
    seat = Seat("single", plan="survey", pass_mark=None)
    seat.submit()
    seat.save(at=later(7), key="late")

    (late,) = effects(list(waiting(seat.quiz.edition.course)))

    assert (late.standing, late.now, late.then) == ("", None, None)
    assert "Score, if taken" not in desk_of(seat).page("late/")


@pytest.mark.parametrize("rows", [1, 12])
def test_late_answers_cost_the_same_for_any_number(rows, count_queries):
    seat = Seat("single", "number", starts=False)
    for n in range(rows):
        seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
        seat.start()
        seat.submit(key=f"key-{n}")
        seat.save(at=later(7))
    desk = desk_of(seat)

    with count_queries(10):
        desk.page("late/")
