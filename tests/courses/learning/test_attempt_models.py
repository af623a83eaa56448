from __future__ import annotations

import pytest

from courses.learning.models import (
    Allowance,
    Answer,
    Attempt,
    AttemptRequest,
    ChosenOption,
    Grading,
    OtherAnswer,
    PaperOption,
    PaperQuestion,
)
from tests.constraints import refused_by
from tests.courses.learning.seats import Seat, later

pytestmark = pytest.mark.django_db
MODELS = (
    Allowance,
    Answer,
    Attempt,
    AttemptRequest,
    ChosenOption,
    Grading,
    OtherAnswer,
    PaperOption,
    PaperQuestion,
)


def again(row, **changes):
    """The same row once more, but for these changes."""
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def update(model, **values):
    return lambda seat: model.objects.update(**values)


def another_attempt(seat, **changes):
    again(Attempt.objects.get(), uuid="6f1b0f52-6f0e-4d0b-9f0c-0d6f3c1d2e11", **changes)


def same_number(seat):
    seat.submit()
    another_attempt(seat)


def same_start(seat):
    Attempt.objects.update(start_key="pressed")
    seat.submit()
    another_attempt(seat, number=2, start_key="pressed")


def another_question(seat, **same):
    question = seat.question()
    other = {"position": 9, "version": seat.versions[1], "token": "another"}
    PaperQuestion.objects.filter(version=seat.versions[1]).delete()
    again(question, **{**other, **{name: getattr(question, name) for name in same}})


def another_option(seat, name):
    first, second = seat.question().options.order_by("position")
    PaperOption.objects.filter(pk=second.pk).update(**{name: getattr(first, name)})


def graded(seat):
    seat.save()
    seat.submit()


def grading(seat, **changes):
    graded(seat)
    again(Grading.objects.get(), **{"number": 2, "reason": "Wrong key.", **changes})


def other_answer(seat, **changes):
    seat.save()
    seat.save(seat.chosen("wrong"), key="theirs")
    OtherAnswer.objects.update(**changes) if changes else again(OtherAnswer.objects.get())


def chosen_twice(seat):
    graded(seat)
    again(ChosenOption.objects.get())


def share_over_one(seat):
    graded(seat)
    Answer.objects.update(share="1.1")


def revision_zero(seat):
    seat.save()
    Answer.objects.update(revision=0)


def allowance(**fields):
    given = {"extra_attempts": 1, "reason": "A slow line.", "granted_at": later(), **fields}
    return lambda seat: Allowance.objects.create(enrolment=seat.enrolment, quiz=seat.quiz, **given)


def one_stamp(seat):
    for _ in range(2):
        allowance(stamp="pressed")(seat)


def request(seat, **fields):
    asked = {"enrolment": seat.enrolment, "quiz": seat.quiz, "asked_at": later()}
    AttemptRequest.objects.create(**asked, **fields)


def two_requests(seat):
    request(seat)
    request(seat)


BROKEN = {
    "attempt_number_once": same_number,
    "attempt_one_open": lambda seat: another_attempt(seat, number=2),
    "attempt_start_key_once": same_start,
    "attempt_closed_after_its_start": update(Attempt, submitted_at=later(-1), closed_by="learner"),
    "attempt_score_in_range": lambda seat: (seat.submit(), Attempt.objects.update(score="1.1")),
    "attempt_deadline_after_its_start": update(Attempt, deadline_at=later()),
    "paper_question_position_once": lambda seat: another_question(seat, position=1),
    "paper_question_once": lambda seat: another_question(seat, version=1),
    "paper_question_token_once": lambda seat: another_question(seat, token=1),
    "paper_option_once": lambda seat: another_option(seat, "option"),
    "paper_option_token_once": lambda seat: another_option(seat, "token"),
    "answer_share_in_range": share_over_one,
    "answer_revision_from_one": revision_zero,
    "chosen_option_once": chosen_twice,
    "other_answer_once": other_answer,
    "other_answer_decided_has_a_time": lambda seat: other_answer(seat, outcome="taken"),
    "grading_number_once": lambda seat: grading(seat, number=1),
    "grading_again_has_a_reason": lambda seat: grading(seat, reason=""),
    "grading_score_in_range": lambda seat: grading(seat, score="-0.1"),
    "allowance_grants_something": allowance(extra_attempts=0),
    "allowance_has_a_reason": allowance(reason=""),
    "allowance_stamp_once": one_stamp,
    "attempt_request_one_open": two_requests,
    "attempt_request_answered_is_decided": lambda seat: request(seat, answered_at=later()),
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_what_may_not_be_is_refused_by_the_database(constraint):
    seat = Seat("single", "number")

    with refused_by(constraint):
        BROKEN[constraint](seat)


@pytest.mark.parametrize(
    "half_closed",
    [
        {"submitted_at": later(9)},
        {"closed_by": "deadline"},
        {"score": 1},
        {"is_passed": True},
    ],
)
def test_an_attempt_is_open_or_closed_and_nothing_between(half_closed):
    Seat()

    with refused_by("attempt_closed_after_its_start"):
        Attempt.objects.update(**half_closed)


def test_each_constraint_of_attempts_is_broken_once():
    there = {rule.name for model in MODELS for rule in model._meta.constraints}

    assert there == set(BROKEN)


def test_attempts_are_their_learners_own():
    mine, theirs = Seat(), Seat()

    assert list(Attempt.objects.of(mine.learner)) == [mine.attempt]
    assert not Attempt.objects.of(None).exists()
    assert [str(row) for row in (theirs.attempt, theirs.question())] == [
        "What you know now, 1",
        "What you know now, 1: 1",
    ]
