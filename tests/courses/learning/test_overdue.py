from __future__ import annotations

import pytest

from courses.learning.models import Answer, Attempt, Certificate, Grading
from courses.learning.services import attempts
from courses.learning.services.attempts import close_overdue, settle
from courses.learning.tasks import close_overdue as task
from partnership.mail.models import OutboxMessage
from tests.courses.learning.seats import EXAM, Seat, later

pytestmark = pytest.mark.django_db


def test_an_overdue_attempt_is_closed_with_what_is_saved():
    seat = Seat("single", "number", **{**EXAM, "pass_mark": "0.5"})
    seat.save()

    assert close_overdue(at=later(40)) == 1

    attempt = Attempt.objects.get()
    assert (attempt.closed_by, attempt.submitted_at) == ("deadline", later(31))
    assert (attempt.score, attempt.is_passed, Answer.objects.get().share) == (0.5, True, 1)
    assert Grading.objects.get().at == later(40)


def test_the_grace_is_waited_for():
    Seat(**EXAM)

    assert close_overdue(at=later(31)) == 0
    assert close_overdue(at=later(31, 1)) == 1


def test_a_second_sweep_closes_nothing_and_sends_nothing():
    Seat(**EXAM)
    close_overdue(at=later(40))

    assert close_overdue(at=later(41)) == 0
    assert Grading.objects.count() == OutboxMessage.objects.count() == 1


def test_the_learner_gets_one_mail_that_says_so():
    seat = Seat(**EXAM)

    close_overdue(at=later(40))

    message = OutboxMessage.objects.get()
    assert message.key == f"attempt:{seat.attempt.uuid}"
    assert (message.to, message.subject) == (
        seat.learner.email,
        "The time is over: What you know now",
    )
    assert f"/courses/attempts/{seat.attempt.uuid}/" in message.body


def test_who_hands_in_gets_no_mail():
    Seat(**EXAM).submit()

    assert not OutboxMessage.objects.exists()


def test_the_deadline_holds_when_it_is_read_without_any_sweep():
    seat = Seat(**EXAM)

    assert settle(seat.attempt, at=later(31)).is_open
    read = settle(seat.attempt, at=later(500))

    assert (read.closed_by, read.submitted_at) == ("deadline", later(31))
    assert settle(read, at=later(600)).submitted_at == later(31)


def test_an_attempt_without_a_limit_is_never_overdue():
    seat = Seat()

    assert close_overdue(at=later(100_000)) == 0
    assert settle(seat.attempt, at=later(100_000)).is_open


def test_passing_at_the_deadline_gives_the_certificate():
    seat = Seat(**EXAM)
    seat.learner.name_confirmed_at = later()
    seat.learner.save()
    seat.save()

    close_overdue(at=later(40))

    assert Certificate.objects.get().learner == seat.learner


def test_one_that_cannot_be_closed_does_not_keep_the_others(monkeypatch, caplog):
    poison, seat = Seat(**EXAM), Seat(**EXAM)
    grade_first = attempts.grade_first

    def fails_for_one(attempt, *, at):
        if attempt == poison.attempt:
            raise RuntimeError
        grade_first(attempt, at=at)

    monkeypatch.setattr(attempts, "grade_first", fails_for_one)

    assert close_overdue(at=later(40)) == 1
    assert [row.is_open for row in Attempt.objects.order_by("pk")] == [True, False]
    assert f"attempt {poison.attempt.uuid} could not be closed" in caplog.text
    assert seat.attempt.quiz != poison.attempt.quiz


def test_a_round_ends_in_time_for_the_next_one(monkeypatch):
    Seat(**EXAM)
    monkeypatch.setattr(attempts, "ROUND_SECONDS", -1)

    assert close_overdue(at=later(40)) == 0


def test_an_attempt_without_a_deadline_is_not_closed_at_it():
    assert attempts._close_at_deadline(Seat().attempt, at=later(40)) is False


def test_an_extension_in_between_keeps_the_attempt_open():
    seat = Seat(**EXAM)
    stale = Attempt.objects.get()
    Attempt.objects.update(deadline_at=later(45))

    assert settle(stale, at=later(40)).is_open
    assert seat.attempt.pk == stale.pk


def test_the_task_goes_by_the_databases_clock():
    Seat(**EXAM)

    assert task() == 1
    assert task() == 0
