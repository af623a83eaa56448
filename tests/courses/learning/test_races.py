"""Several requests at the same moment, on connections of their own, with real commits."""

from __future__ import annotations

from functools import partial

import pytest

from courses.learning.models import (
    Answer,
    Attempt,
    AttemptRequest,
    Certificate,
    Enrolment,
    Grading,
    OtherAnswer,
)
from courses.learning.services.allowances import ask_for_attempt
from courses.learning.services.answers import AlreadyDecided, Sent, accept_late, save_answer
from courses.learning.services.attempts import (
    AttemptClosed,
    close_overdue,
    start_attempt,
    submit_attempt,
)
from courses.learning.services.grading import marks, regrade
from courses.quizzes.models import Key, Option
from partnership.lib.errors import Refusal
from partnership.mail.models import OutboxMessage
from tests.courses.learning.seats import EXAM, Seat, later
from tests.factories.accounts import UserFactory
from tests.factories.courses import EnrolmentFactory
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)


def refused(call):
    """What a call says: the refusal's code, or what it gives."""

    def tried():
        try:
            return call()
        except Refusal as refusal:
            return refusal.code

    return tried


def submit(seat, key, at):
    attempt = Attempt.objects.select_related("quiz", "enrolment__learner").get(pk=seat.attempt.pk)
    return submit_attempt(attempt, key=key, at=at)


def named(seat):
    seat.learner.name_confirmed_at = later()
    seat.learner.save()
    return seat


def next_learner(seat):
    seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
    seat.learner = seat.enrolment.learner
    return seat


def test_of_32_identical_hand_ins_one_is_graded_and_all_get_it():
    seat = named(Seat("single", "number"))
    seat.save()
    seat.save(n=1)
    calls = [partial(submit, seat, "the-key", later(5, n)) for n in range(32)]

    given = together(*calls)

    times = {attempt.submitted_at for attempt in given}
    assert times == {Attempt.objects.get().submitted_at}
    assert {attempt.score for attempt in given} == {1}
    assert Grading.objects.count() == Certificate.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_of_hand_ins_with_keys_of_their_own_one_wins():
    seat = Seat()
    seat.save()
    calls = [refused(partial(submit, seat, f"key-{n}", later(5))) for n in range(8)]

    told = together(*calls)

    assert told.count(AttemptClosed.code) == 7
    assert Grading.objects.count() == 1


def all_at_the_end(seat):
    """Hand-in and autosave in the last moment of the grace, the sweep in the first after it."""
    place, end = seat.place(), later(31)
    answer = Sent(seat.right(), saw=0, key="the-save")
    return together(
        refused(partial(submit, seat, "the-key", end)),
        partial(save_answer, place, answer, at=end),
        partial(close_overdue, at=later(31, 1)),
    )


@pytest.mark.audit
def test_of_hand_in_autosave_and_sweep_one_wins_a_hundred_times():
    seat = Seat(starts=False, **EXAM)
    for _ in range(100):
        next_learner(seat).start()
        handed_in, saved, swept = all_at_the_end(seat)

        attempt = Attempt.objects.select_related("quiz").get(pk=seat.attempt.pk)
        answer = Answer.objects.filter(question__attempt=attempt).first()
        late = OtherAnswer.objects.filter(question__attempt=attempt, reason="late").count()
        assert (handed_in == AttemptClosed.code) is (swept == 1)
        assert attempt.closed_by == ("deadline" if swept else "learner")
        assert attempt.gradings.count() == 1
        # What was acknowledged as saved is graded, what came too late is kept.
        assert (saved.outcome, late) == (("saved", 0) if answer else ("late", 1))
        assert attempt.score == marks([attempt])[attempt.pk].score == (1 if answer else 0)
        assert OutboxMessage.objects.filter(key=f"attempt:{attempt.uuid}").count() == swept


def test_of_two_starts_both_get_the_one_attempt():
    seat = Seat(starts=False, attempts_allowed=1)
    for _ in range(12):
        enrolment = next_learner(seat).enrolment
        starts = [partial(start_attempt, enrolment, seat.quiz, at=later()) for _ in range(2)]

        one, other = together(*starts)

        assert one == other == Attempt.objects.get(enrolment=enrolment)
        assert one.paper.count() == 1


def test_of_two_devices_one_stands_and_the_other_is_beside():
    seat = Seat(starts=False)
    for _ in range(12):
        next_learner(seat).start()
        place = seat.place()
        sent = [Sent(seat.chosen(text), saw=0, key=text) for text in ("right", "wrong")]

        saved = together(*(partial(save_answer, place, one, at=later(1)) for one in sent))

        answer = Answer.objects.get(question=place.question_id)
        other = OtherAnswer.objects.get(question=place.question_id)
        assert sorted(one.outcome for one in saved) == ["beside", "saved"]
        kept = sorted([answer.response, other.response], key=str)
        assert kept == sorted((one.response for one in sent), key=str)
        assert answer.revision == 1


def test_the_same_save_at_once_is_saved_once():
    seat = Seat()
    place, sent = seat.place(), Sent(seat.right(), saw=0, key="once")

    saved = together(*[partial(save_answer, place, sent, at=later(1))] * 8)

    assert sorted(one.outcome for one in saved) == ["same"] * 7 + ["saved"]
    assert {one.revision for one in saved} == {1}
    assert Answer.objects.get().revision == 1
    assert not OtherAnswer.objects.exists()


def test_changes_of_one_answer_at_once_lose_nothing():
    seat = Seat("short_text")
    seat.save({"text": "first"})
    place = seat.place()
    sent = [Sent({"text": f"text {n}"}, saw=1, key=f"k{n}") for n in range(8)]

    saved = together(*(partial(save_answer, place, one, at=later(2)) for one in sent))

    assert sorted(one.outcome for one in saved) == ["beside"] * 7 + ["saved"]
    texts = {Answer.objects.get().response["text"]}
    texts |= {other.response["text"] for other in OtherAnswer.objects.all()}
    assert texts == {f"text {n}" for n in range(8)}


def test_two_sweeps_close_each_attempt_once():
    seat = Seat(**EXAM)
    for _ in range(5):
        next_learner(seat).start()

    closed = together(*[partial(close_overdue, at=later(40))] * 3)

    assert sum(closed) == 6
    assert Grading.objects.count() == OutboxMessage.objects.count() == 6


def test_two_who_grade_again_add_one_grading():
    seat = Seat()
    seat.save(seat.chosen("wrong"))
    seat.submit()
    Key.objects.update(option=Option.objects.get(text="wrong"))
    again = partial(
        regrade, seat.quiz, by=UserFactory(), reason="Wrong key.", at=later(9), dry_run=False
    )

    changes = together(*[again] * 4)

    assert sorted(len(found) for found in changes) == [0, 0, 0, 1]
    assert list(Grading.objects.values_list("number", flat=True)) == [1, 2]


def test_a_late_answer_is_accepted_once_by_two_trainers():
    seat = Seat()
    seat.submit()
    seat.save(at=later(6))
    accept = partial(accept_late, OtherAnswer.objects.get(), by=UserFactory(), at=later(9))

    told = together(*[refused(accept)] * 4)

    assert told.count(AlreadyDecided.code) == 3
    assert Grading.objects.count() == 2
    assert Attempt.objects.get().score == 1


def test_who_asks_twice_at_once_has_asked_once():
    seat = Seat(attempts_allowed=1)
    seat.submit()
    ask = partial(ask_for_attempt, Enrolment.objects.get(), seat.quiz, at=later(9))

    given = together(*[ask] * 4)

    assert len({request.pk for request in given}) == AttemptRequest.objects.count() == 1
