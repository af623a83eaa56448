from __future__ import annotations

import pytest

from courses.learning import papers
from courses.learning.models import Answer, Attempt, OtherAnswer
from courses.learning.services.answers import (
    AlreadyDecided,
    AttemptStillOpen,
    accept_late,
    choose_other,
    flag,
)
from courses.learning.services.attempts import AttemptClosed
from tests.courses.learning.seats import Seat, later
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def standing(seat):
    return Answer.objects.get(question=seat.question())


def beside(seat):
    seat.save()
    seat.save(seat.chosen("wrong"), device="telephone", key="early")
    seat.save({"chosen": []}, device="telephone", key="theirs", at=later(2))
    return OtherAnswer.objects.get(save_key="theirs")


def test_the_learner_takes_the_other_answer():
    seat = Seat()
    other = choose_other(beside(seat), take=True, by=seat.learner, at=later(3))

    answer = standing(seat)
    assert (answer.response, answer.revision, answer.device) == ({"chosen": []}, 2, "telephone")
    assert (other.outcome, other.decided_by) == ("taken", seat.learner)
    assert OtherAnswer.objects.get(save_key="early").outcome == "left"
    assert seat.save({"chosen": []}, key="theirs").outcome == "same"


def test_the_learner_leaves_the_other_answer_aside():
    seat = Seat()
    other = choose_other(beside(seat), take=False, by=seat.learner, at=later(3))

    assert (other.outcome, standing(seat).response) == ("left", seat.right())


def test_a_decision_is_made_once():
    seat = Seat()
    other = beside(seat)
    choose_other(other, take=False, by=seat.learner, at=later(3))

    with pytest.raises(AlreadyDecided):
        choose_other(other, take=True, by=seat.learner, at=later(4))


def test_nothing_is_taken_after_the_end():
    seat = Seat()
    other = beside(seat)
    seat.submit()

    with pytest.raises(AttemptClosed):
        choose_other(other, take=True, by=seat.learner, at=later(6))


def late(seat, response=None):
    seat.submit()
    seat.save(response, at=later(6), key="late")
    return OtherAnswer.objects.get(save_key="late")


@pytest.mark.parametrize("kind", ["single", "multiple", "number"])
def test_a_trainer_accepts_a_late_answer_and_the_attempt_is_graded_again(kind):
    seat, trainer = Seat(kind), UserFactory()

    accept_late(late(seat), by=trainer, at=later(90))

    attempt = Attempt.objects.get()
    gradings = list(attempt.gradings.values_list("number", "score", "by"))
    assert gradings == [(1, 0, None), (2, 1, trainer.pk)]
    assert (attempt.score, attempt.is_passed, standing(seat).share) == (1, True, 1)
    chosen = standing(seat).chosen.values_list("option__text", flat=True)
    assert (
        set(chosen)
        == {
            "single": {"right"},
            "multiple": {"right", "also right"},
            "number": set(),
        }[kind]
    )


def test_a_late_answer_replaces_the_one_that_stood():
    seat = Seat()
    seat.save(seat.chosen("wrong"))

    accept_late(late(seat), by=UserFactory(), at=later(90))

    assert (standing(seat).revision, standing(seat).share) == (2, 1)
    assert [row.option.text for row in standing(seat).chosen.all()] == ["right"]


def test_a_late_answer_is_accepted_once():
    seat = Seat()
    other = late(seat)
    accept_late(other, by=UserFactory(), at=later(90))

    with pytest.raises(AlreadyDecided):
        accept_late(other, by=UserFactory(), at=later(91))

    assert Attempt.objects.get().gradings.count() == 2


def test_nothing_is_late_while_the_attempt_is_open():
    seat = Seat()

    with pytest.raises(AttemptStillOpen):
        accept_late(beside(seat), by=UserFactory(), at=later(3))


def test_a_paper_shows_what_waits_for_a_choice():
    seat = Seat("single", "number")
    other = beside(seat)
    flag(seat.place(1), is_flagged=True)

    paper = papers.paper(seat.attempt, at=later(3))

    first, second = (
        next(row for row in paper.questions if row.token == seat.question(n).token) for n in (0, 1)
    )
    assert [row.pk for row in first.others] == [other.pk - 1, other.pk]
    assert (paper.unanswered, paper.flagged) == ((second,), (second,))
    assert (first.is_answered, first.revision, first.response) == (True, 1, seat.right())
