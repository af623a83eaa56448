from __future__ import annotations

import pytest

from courses.learning.models import Allowance, Attempt, AttemptRequest
from courses.learning.services.allowances import (
    AttemptsRemain,
    More,
    NothingGranted,
    RequestAnswered,
    answer_request,
    ask_for_attempt,
    grant,
)
from courses.learning.sittings import limits
from partnership.audit.models import AuditEntry
from tests.courses.learning.seats import EXAM, Seat, later
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def give(seat, at=None, **more):
    given = More(**{"reason": "A slow line.", **more})
    return grant(seat.enrolment, seat.quiz, given, by=UserFactory(), at=at or later(10))


def test_extra_minutes_count_from_the_start():
    seat = Seat(starts=False, **EXAM)
    give(seat, minutes=10)
    give(seat, minutes=5)

    seat.start()

    assert (seat.attempt.deadline_at, seat.attempt.extension_minutes) == (later(45), 15)


def test_extra_minutes_move_the_deadline_of_a_running_attempt():
    seat = Seat(**EXAM)

    give(seat, minutes=15)

    seat.attempt.refresh_from_db()
    assert (seat.attempt.deadline_at, seat.attempt.extension_minutes) == (later(45), 15)
    assert seat.save(at=later(44)).outcome == "saved"


def test_what_is_over_is_not_opened_again():
    seat = Seat(**EXAM)

    give(seat, minutes=15, at=later(32))

    seat.attempt.refresh_from_db()
    assert seat.attempt.deadline_at == later(30)


def test_an_allowance_says_who_granted_it_and_is_audited():
    allowance = give(Seat(), attempts=2)

    entry = AuditEntry.objects.get()
    assert (allowance.extra_attempts, allowance.reason) == (2, "A slow line.")
    assert (entry.verb, entry.actor) == ("allowance.grant", str(allowance.granted_by.uuid))
    assert entry.changes == {"minutes": 0, "attempts": 2}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"reason": " ", "attempts": 1},
        {"minutes": 601},
        {"minutes": -1, "attempts": 1},
        {"attempts": 21},
    ],
)
def test_nonsense_is_not_granted(more):
    with pytest.raises(NothingGranted):
        give(Seat(), **more)

    assert not Allowance.objects.exists()


def test_an_extra_attempt_can_be_begun():
    seat = Seat(attempts_allowed=1)
    seat.submit()
    assert limits(seat.enrolment, seat.quiz, at=later()).left == 0

    give(seat, attempts=1)

    assert limits(seat.enrolment, seat.quiz, at=later()).left == 1
    assert seat.start(later(11)).number == 2


def ask(seat, at=None):
    return ask_for_attempt(seat.enrolment, seat.quiz, at=at or later(20))


def used_up(**quiz):
    seat = Seat(attempts_allowed=1, **quiz)
    seat.submit()
    return seat


def test_who_has_used_up_all_asks_once():
    seat = used_up()

    assert ask(seat) == ask(seat, later(30))
    assert AttemptRequest.objects.get().asked_at == later(20)


def test_who_has_an_attempt_need_not_ask():
    for seat in (Seat(), Seat(attempts_allowed=1), Seat(plan="practise", attempts_allowed=None)):
        with pytest.raises(AttemptsRemain):
            ask(seat)


def test_an_attempt_whose_time_is_over_is_used_up():
    seat = Seat(**EXAM)

    assert ask(seat, later(40)).enrolment == seat.enrolment
    assert Attempt.objects.get().closed_by == "deadline"


def test_a_request_is_granted_with_one_attempt():
    seat, trainer = used_up(), UserFactory()

    request = answer_request(ask(seat), is_granted=True, reason="", by=trainer, at=later(25))

    assert (request.is_granted, request.answered_by, request.answered_at) == (
        True,
        trainer,
        later(25),
    )
    assert Allowance.objects.get().reason == "The learner asked."
    assert seat.start(later(26)).number == 2


def test_a_request_is_declined_and_may_be_made_again():
    seat = used_up()
    first = answer_request(ask(seat), is_granted=False, reason="", by=UserFactory(), at=later(25))

    assert first.is_granted is False
    assert not Allowance.objects.exists()
    assert AuditEntry.objects.get().verb == "attempt_request.decline"
    assert ask(seat, later(30)) != first


def test_a_request_is_answered_once():
    request = ask(used_up())
    answer_request(request, is_granted=True, reason="", by=UserFactory(), at=later(25))

    with pytest.raises(RequestAnswered):
        answer_request(request, is_granted=True, reason="", by=UserFactory(), at=later(26))

    assert Allowance.objects.count() == 1
