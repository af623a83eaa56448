from __future__ import annotations

from decimal import Decimal

import pytest

from courses.learning import papers, results
from courses.learning.models import Answer, Attempt, Certificate, ChosenOption, Enrolment, Grading
from courses.learning.services.attempts import AttemptClosed, KeyMissing, submit_attempt
from courses.quizzes.models import Option
from partnership.mail.models import OutboxMessage
from tests.courses.learning.seats import EXAM, KINDS, Seat, later

pytestmark = pytest.mark.django_db
D = Decimal


def test_handing_in_grades_by_the_paper():
    seat = Seat(*KINDS)
    for n in range(5):
        seat.save(n=n)
    seat.save({"pairs": {}}, n=5)

    attempt = seat.submit()

    grading = Grading.objects.get()
    assert (attempt.submitted_at, attempt.closed_by) == (later(5), "learner")
    assert (attempt.score, attempt.is_passed) == (D("0.7143"), True)
    assert (grading.number, grading.score, grading.is_passed) == (1, D("0.7143"), True)
    assert (grading.at, grading.by, grading.reason) == (later(5), None, "")
    shares = Answer.objects.order_by("question__version").values_list("share", flat=True)
    assert list(shares) == [1, 1, 1, 1, 1, 0]


def test_the_options_that_were_chosen_are_written_for_statistics():
    seat = Seat("multiple", "matching")
    seat.save()
    seat.save(n=1)

    seat.submit()

    chosen = ChosenOption.objects.values_list("option__text", flat=True)
    assert set(chosen) == {"right", "also right"}


def test_points_weigh_and_partial_credit_counts():
    seat = Seat("single", "multiple", starts=False)
    type(seat.versions[1]).objects.filter(pk=seat.versions[1].pk).update(points=3)
    seat.start()
    seat.save()
    seat.save(seat.chosen("right", n=1), n=1)

    attempt = seat.submit()

    assert (attempt.score, attempt.is_passed) == (D("0.6250"), False)


@pytest.mark.parametrize(("plan", "mark"), [("practise", None), ("survey", None)])
def test_without_a_pass_mark_nobody_passes_or_fails(plan, mark):
    seat = Seat(plan=plan, pass_mark=mark)
    seat.save()

    attempt = seat.submit()

    assert attempt.is_passed is None
    assert attempt.score == (None if plan == "survey" else 1)
    assert Answer.objects.get().share == attempt.score


def test_the_same_key_again_is_the_same_hand_in():
    seat = Seat()
    first = seat.submit()

    again = seat.submit(at=later(9))

    assert (again.pk, again.submitted_at) == (first.pk, later(5))
    assert Grading.objects.count() == 1


def test_another_key_after_the_end_is_refused():
    seat = Seat()
    seat.submit()

    with pytest.raises(AttemptClosed):
        seat.submit("another")


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_hand_in_needs_a_key(key):
    with pytest.raises(KeyMissing):
        submit_attempt(Seat().attempt, key=key, at=later(5))


def test_within_the_grace_the_learner_hands_in():
    assert Seat(**EXAM).submit(at=later(31)).closed_by == "learner"


def test_after_the_grace_the_deadline_has_closed_it_with_or_without_a_sweep():
    seat = Seat(**EXAM)
    seat.save()

    with pytest.raises(AttemptClosed):
        seat.submit(at=later(31, 1))

    attempt = Attempt.objects.get()
    assert (attempt.closed_by, attempt.submitted_at) == ("deadline", later(31))
    assert (attempt.score, attempt.submit_key) == (1, "")


def named(seat):
    seat.learner.name_confirmed_at = later()
    seat.learner.save()
    return seat


def test_passing_completes_the_edition_in_the_same_moment():
    seat = named(Seat())

    seat.pass_it()

    certificate = Certificate.objects.get()
    assert (certificate.learner, certificate.issued_at) == (seat.learner, later(5))
    assert Enrolment.objects.get().completed_at == later(5)


def test_failing_completes_nothing():
    seat = named(Seat())

    assert seat.submit().is_passed is False

    assert not Certificate.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_when_the_certificate_fails_nothing_is_handed_in(monkeypatch):
    seat = Seat()
    seat.save()

    def broken(enrolment, *, at):
        raise RuntimeError

    monkeypatch.setattr("courses.learning.services.grading.complete_if_met", broken)
    with pytest.raises(RuntimeError):
        seat.submit()

    attempt = Attempt.objects.get()
    assert (attempt.is_open, attempt.score, Grading.objects.count()) == (True, None, 0)
    assert Answer.objects.get().share is None


@pytest.mark.parametrize("questions", [3, 30])
def test_passing_costs_the_same_for_any_number_of_questions(questions, count_queries):
    seat = named(Seat(*(KINDS[-n % 7] for n in range(questions))))
    for n in range(questions):
        seat.save(n=n)
    rows = Attempt.objects.select_related(
        "enrolment__learner", "enrolment__edition__course", "quiz"
    )
    attempt = rows.get()

    # Six of them are the savepoints that a test's own transaction asks for.
    with count_queries(23):
        submit_attempt(attempt, key="the-key", at=later(5))

    assert attempt.is_passed
    assert Certificate.objects.exists()


@pytest.mark.parametrize("questions", [3, 30])
def test_a_paper_and_a_result_cost_the_same_for_any_number_of_questions(questions, count_queries):
    seat = Seat(*(KINDS[-n % 7] for n in range(questions)))
    for n in range(questions):
        seat.save(n=n)
    attempt = Attempt.objects.select_related("quiz", "enrolment").get()

    with count_queries(3):
        assert len(papers.paper(attempt, at=later(2)).questions) == questions

    seat.submit()
    attempt = Attempt.objects.select_related("quiz", "enrolment").get()
    with count_queries(6):
        assert len(results.result(attempt, at=later(9)).questions) == questions


def told(seat):
    return results.result(Attempt.objects.latest("number"), at=later(9))


def verdicts(seat):
    return [(row.verdict, row.right_answer != "") for row in told(seat).questions]


@pytest.mark.parametrize("plan", ["check", "exam"])
def test_right_answers_are_shown_once_passed(plan):
    limit = EXAM if plan == "exam" else {}
    seat = Seat("single", **{**limit, "plan": plan, "attempts_allowed": 3})
    seat.save(seat.chosen("wrong"))
    seat.submit()
    assert verdicts(seat) == [("wrong", False)]
    assert told(seat).questions[0].explanation_html == ""

    seat.start(later(6))
    assert not results.result(Attempt.objects.get(number=1), at=later(9)).shows_right_answers
    seat.save(at=later(6))
    seat.submit("second", at=later(7))

    assert verdicts(seat) == [("right", True)]
    assert told(seat).questions[0].explanation_html != ""


def test_a_result_tells_when_the_next_attempt_can_begin():
    seat = Seat(wait_minutes=10)
    seat.submit()

    times = [results.result(seat.attempt, at=later(n)).waits_until for n in (14, 15)]

    assert times == [later(15), None]


def test_right_answers_are_shown_when_no_attempt_is_left():
    seat = Seat("single", "number", attempts_allowed=1)
    seat.save(seat.chosen("wrong"))

    seat.submit()

    assert told(seat).attempts_left == 0
    assert verdicts(seat) in (
        [("wrong", True), ("unanswered", True)],
        [("unanswered", True), ("wrong", True)],
    )


def test_feedback_is_of_what_was_chosen_until_right_answers_are_shown():
    Option.objects.update(feedback="")
    seat = Seat("single", starts=False)
    Option.objects.update(feedback="because")
    seat.start()
    seat.save(seat.chosen("wrong"))
    seat.submit()

    options = {row.text: row for row in told(seat).questions[0].options}

    assert {text: row.feedback for text, row in options.items()} == {
        "right": "",
        "wrong": "because",
    }
    assert {row.is_right for row in options.values()} == {None}
    assert [row.is_chosen for row in options.values()].count(True) == 1


def test_a_survey_tells_nothing():
    seat = Seat("single", plan="survey", pass_mark=None)
    seat.save()
    seat.submit()

    result = told(seat)

    assert (result.score, result.shows_feedback, result.shows_right_answers) == (None, False, False)
    assert verdicts(seat) == [("", False)]
    assert result.questions[0].your_answer == "right"


@pytest.mark.parametrize("kind", KINDS)
def test_practice_tells_each_question_at_once_when_it_is_answered(kind):
    seat = Seat(kind, plan="practise", pass_mark=None)
    token = seat.question().token
    assert results.feedback(seat.attempt, token) is None

    seat.save()

    row = results.feedback(seat.attempt, token)
    assert (row.verdict, row.share) == ("right", 1)
    assert row.right_answer == row.your_answer or kind in ("number", "matching")
    assert row.right_answer
    assert results.feedback(seat.attempt, "no-such-token") is None


def test_a_check_tells_no_question_before_its_end():
    seat = Seat()
    seat.save()

    assert results.feedback(seat.attempt, seat.question().token) is None


def test_an_answer_that_is_partly_right_is_told_so():
    seat = Seat("multiple", plan="practise")
    seat.save(seat.chosen("right"))

    assert results.feedback(seat.attempt, seat.question().token).verdict == "partly"


def test_practice_tells_all_at_its_end():
    seat = Seat("single", plan="practise", pass_mark=None)
    seat.submit()

    assert verdicts(seat) == [("unanswered", True)]
    assert told(seat).attempts_left is None
