from __future__ import annotations

from decimal import Decimal

import pytest

from courses.learning.models import Answer, Attempt, Certificate, Enrolment, Grading
from courses.learning.services import grading
from courses.learning.services.grading import ReasonMissing, regrade
from courses.quizzes.models import Key, Option
from partnership.audit.models import AuditEntry
from tests.courses.learning.seats import Seat, later
from tests.factories.accounts import UserFactory
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db
D = Decimal


def again(what, *, dry_run=False, reason="The key was wrong.", at=None):
    return regrade(what, by=UserFactory(), reason=reason, at=at or later(100), dry_run=dry_run)


def turn(version):
    """The wrong one was right all along."""
    Key.objects.filter(version=version).update(
        option=Option.objects.get(version=version, text="wrong")
    )


def told(changes):
    return [(row.before, row.after, row.passed_before, row.passed_after) for row in changes]


def handed_in(text, **quiz):
    seat = Seat("single", "single", **quiz)
    for n in (0, 1):
        seat.save(seat.chosen(text, n), n)
    seat.submit()
    return seat


def test_a_dry_run_tells_who_changes_and_writes_nothing():
    seat = handed_in("wrong")
    turn(seat.versions[0])

    changes = again(seat.versions[0], dry_run=True, reason="")

    assert told(changes) == [(0, D("0.5"), False, False)]
    assert changes[0].attempt == seat.attempt
    assert (Attempt.objects.get().score, Grading.objects.count()) == (0, 1)
    assert not AuditEntry.objects.exists()


def test_a_new_grading_is_added_and_counts():
    seat = handed_in("wrong")
    turn(seat.versions[0])

    changes = again(seat.versions[0])

    attempt, gradings = Attempt.objects.get(), list(Grading.objects.order_by("number"))
    assert told(changes) == [(0, D("0.5"), False, False)]
    assert (attempt.score, attempt.is_passed) == (D("0.5"), False)
    assert [(row.number, row.score, row.reason) for row in gradings] == [
        (1, 0, ""),
        (2, D("0.5"), "The key was wrong."),
    ]
    assert sorted(Answer.objects.values_list("share", flat=True)) == [0, 1]


def test_again_by_the_same_key_changes_nothing():
    seat = handed_in("wrong")
    turn(seat.versions[0])
    again(seat.quiz)

    assert again(seat.quiz) == []
    assert Grading.objects.count() == 2


def test_an_equal_score_by_other_questions_is_graded_again():
    seat = Seat("single", "single")
    seat.save(seat.chosen("wrong"))
    seat.save(n=1)
    seat.submit()
    for version in seat.versions:
        turn(version)

    changes = again(seat.quiz)

    assert told(changes) == [(D("0.5"), D("0.5"), False, False)]
    assert Answer.objects.get(question=seat.question()).share == 1


def test_who_passes_now_gets_the_certificate():
    seat = handed_in("wrong")
    seat.learner.name_confirmed_at = later()
    seat.learner.save()
    for version in seat.versions:
        turn(version)

    changes = again(seat.quiz)

    assert told(changes) == [(0, 1, False, True)]
    assert Certificate.objects.get().learner == seat.learner
    assert Enrolment.objects.get().completed_at == later(5)


def test_a_certificate_is_never_taken_away():
    seat = handed_in("right")
    seat.learner.name_confirmed_at = later()
    seat.learner.save()
    again(seat.quiz)
    certificate = grading.complete_if_met(seat.enrolment, at=later(6))
    for version in seat.versions:
        turn(version)

    changes = again(seat.quiz)

    assert told(changes) == [(1, 0, True, False)]
    assert Certificate.objects.get() == certificate
    assert (certificate.state, Enrolment.objects.get().completed_at) == ("valid", later(5))


def test_an_open_attempt_and_a_survey_are_left_alone():
    running, survey = Seat(), handed_in("wrong", plan="survey", pass_mark=None)
    turn(running.versions[0])
    turn(survey.versions[0])

    assert again(running.quiz) == again(survey.quiz) == []


def test_a_reason_is_asked_for():
    with pytest.raises(ReasonMissing):
        again(Seat().quiz, reason=" ")


def test_grading_again_is_audited_without_answers():
    seat = handed_in("wrong")
    turn(seat.versions[0])

    again(seat.versions[0])

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.kind, entry.key) == (
        "attempts.regrade",
        "questionversion",
        str(seat.versions[0].pk),
    )
    assert entry.changes == {"attempts": 1, "reason": "The key was wrong."}


@pytest.mark.parametrize("learners", [2, 5])
def test_grading_again_costs_the_same_for_any_number_of_attempts(
    learners, count_queries, monkeypatch
):
    monkeypatch.setattr(grading, "complete_if_met", lambda enrolment, *, at: None)
    seat = Seat("single", "number")
    for _ in range(learners):
        seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
        seat.start()
        seat.save(seat.chosen("wrong"))
        seat.submit()
    turn(seat.versions[0])
    by = UserFactory()

    with count_queries(14):
        changes = regrade(seat.quiz, by=by, reason="Wrong key.", at=later(9), dry_run=False)

    assert len(changes) == learners


def test_many_attempts_are_graded_in_parts(monkeypatch):
    monkeypatch.setattr(grading, "BATCH", 2)
    seat = Seat("single")
    for _ in range(5):
        seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
        seat.start()
        seat.save(seat.chosen("wrong"))
        seat.submit()
    turn(seat.versions[0])

    assert told(again(seat.quiz)) == [(0, 1, False, True)] * 5
