from __future__ import annotations

import pytest
from django.db import IntegrityError

from courses.learning import papers
from courses.learning.models import Answer, Attempt, OtherAnswer, PaperQuestion
from courses.learning.services import answers
from courses.learning.services.answers import (
    REMEMBERED,
    Sent,
    flag,
    save_answer,
)
from courses.learning.services.attempts import AttemptClosed, KeyMissing
from courses.quizzes.responses import UnknownOption
from tests.courses.learning.seats import EXAM, KINDS, Seat, later

pytestmark = pytest.mark.django_db


def standing(seat, n=0):
    return Answer.objects.get(question=seat.question(n))


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_answer_stands(kind):
    seat = Seat(kind)

    saved = seat.save()

    answer = standing(seat)
    assert (saved.outcome, saved.revision, saved.saved_at) == ("saved", 1, later(1))
    assert (answer.revision, answer.saved_at, answer.device) == (1, later(1), "laptop")
    assert {**answer.response, "language": ""} == {**seat.right(), "language": ""}


def test_a_change_that_saw_what_stood_replaces_it():
    seat = Seat()
    seat.save(seat.chosen("wrong"))

    saved = seat.save(saw=1, at=later(2))

    assert (saved.outcome, saved.revision) == ("saved", 2)
    assert standing(seat).response == seat.right()


def test_clearing_is_an_answer_too():
    seat = Seat()
    seat.save()

    saved = seat.save({"chosen": []}, saw=1)

    assert (saved.outcome, saved.revision, standing(seat).response) == ("saved", 2, {"chosen": []})


def test_the_same_save_again_changes_nothing():
    seat = Seat()
    first = seat.save(key="once")

    again = seat.save(key="once", at=later(3))

    assert (again.outcome, again.revision, again.saved_at) == ("same", 1, first.saved_at)
    assert standing(seat).revision == 1


def test_a_retry_that_was_overtaken_is_told_the_revision_it_made():
    seat = Seat()
    seat.save(seat.chosen("wrong"), key="mine", device="telephone")
    seat.save(saw=1)

    again = seat.save(seat.chosen("wrong"), key="mine", device="telephone")

    assert (again.outcome, again.revision) == ("same", 1)
    assert standing(seat).response == seat.right()
    assert not OtherAnswer.objects.exists()


def test_two_devices_that_say_the_same_agree():
    seat = Seat()
    seat.save()

    other = seat.save(device="telephone")

    assert (other.outcome, other.revision) == ("same", 1)


def test_an_answer_that_did_not_see_what_stands_is_kept_beside():
    seat = Seat()
    seat.save()

    other = seat.save(seat.chosen("wrong"), device="telephone", key="theirs")

    kept = OtherAnswer.objects.get()
    assert (other.outcome, other.revision) == ("beside", 0)
    assert standing(seat).response == seat.right()
    assert (kept.reason, kept.outcome, kept.device) == ("device", "waiting", "telephone")
    assert (kept.response, kept.saw_revision) == (seat.chosen("wrong"), 0)


def test_an_answer_kept_beside_is_kept_once_however_often_it_comes():
    seat = Seat()
    seat.save()

    told = [seat.save(seat.chosen("wrong"), key="theirs").outcome for _ in range(3)]

    assert told == ["beside"] * 3
    assert OtherAnswer.objects.count() == 1


def test_a_revision_that_never_was_is_kept_beside():
    seat = Seat()

    assert seat.save(saw=7).outcome == "beside"


def test_an_exam_takes_answers_until_the_grace_is_over():
    seat = Seat(**EXAM)

    in_grace = seat.save(seat.chosen("wrong"), at=later(31))
    late = seat.save(saw=1, at=later(31, 1))

    assert (in_grace.outcome, in_grace.seconds_left) == ("saved", 0)
    assert (late.outcome, late.revision) == ("late", 1)
    assert standing(seat).response == seat.chosen("wrong")
    assert OtherAnswer.objects.get().reason == "late"


def test_an_answer_after_handing_in_is_kept_as_late():
    seat = Seat()
    seat.submit()

    assert seat.save(at=later(6)).outcome == "late"
    assert not Answer.objects.exists()


def test_a_save_that_was_acknowledged_before_the_end_is_the_same_after_it():
    seat = Seat()
    seat.save(key="once")
    seat.submit()

    assert seat.save(key="once", at=later(9)).outcome == "same"
    assert not OtherAnswer.objects.exists()


def test_the_seconds_left_are_told_by_the_servers_clock():
    assert Seat(**EXAM).save(at=later(10, 0.5)).seconds_left == 20 * 60 - 1
    assert Seat().save().seconds_left is None


@pytest.mark.parametrize(
    ("text", "language", "read_as", "is_problem"),
    [
        ("1,234.5", "en", "1234.5 t", False),
        ("1,234", "fr", "1,234 t", False),
        ("12 t", "en", "", True),
        ("", "en", "", False),
    ],
)
def test_a_number_is_shown_back_as_it_was_read(text, language, read_as, is_problem):
    saved = Seat("number").save({"text": text, "unit": "t"}, language=language)

    assert (saved.read_as, bool(saved.problem)) == (read_as, is_problem)


def test_a_number_that_cannot_be_read_is_kept_as_typed():
    seat = Seat("number")

    assert seat.save({"text": "about 12", "unit": ""}).outcome == "saved"
    assert standing(seat).response["text"] == "about 12"


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_save_needs_a_key(key):
    with pytest.raises(KeyMissing):
        Seat().save(key=key)


def test_an_option_of_another_paper_is_refused():
    seat, other = Seat(), Seat()

    with pytest.raises(UnknownOption):
        seat.save(other.right())

    assert not Answer.objects.exists()


def test_a_token_of_another_paper_names_no_question():
    seat, other = Seat(), Seat()
    scope = Attempt.objects.of(seat.learner)

    assert papers.place(scope, other.question().token) is None
    assert papers.place(Attempt.objects.of(other.learner), seat.question().token) is None


def test_a_paper_that_is_gone_takes_no_answer():
    seat = Seat()
    seat.save()
    place = seat.place()
    Answer.objects.update(revision=2)
    stale = Sent(response=seat.chosen("wrong"), saw=1, key="k")
    PaperQuestion.objects.all().delete()

    with pytest.raises(PaperQuestion.DoesNotExist):
        save_answer(place, stale, at=later(1))


def test_an_answer_that_is_read_too_early_is_read_again():
    seat = Seat()
    place = seat.place()
    seat.save()

    late_reader = save_answer(place, Sent(seat.chosen("wrong"), saw=0, key="k"), at=later(2))

    assert late_reader.outcome == "beside"


def test_only_the_newest_keys_are_remembered():
    seat = Seat()
    for n in range(REMEMBERED + 5):
        seat.save(seat.chosen("right" if n % 2 else "wrong"), saw=n)

    saves = standing(seat).saves
    assert (len(saves), min(saves.values()), max(saves.values())) == (100, 6, 105)


@pytest.mark.parametrize("questions", [3, 30])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_save_costs_three_queries(questions, is_first, count_queries):
    seat = Seat(*(KINDS[n % 7] for n in range(questions)))
    if not is_first:
        seat.save(seat.chosen("wrong"))
    token, response = seat.question().token, seat.right()
    sent = Sent(response=response, saw=0 if is_first else 1, key="k")

    # The other two are the savepoint that a test's own transaction asks for.
    with count_queries(5):
        place = papers.place(Attempt.objects.filter(pk=seat.attempt.pk), token)
        assert save_answer(place, sent, at=later(2)).outcome == "saved"


def test_a_question_is_flagged_while_the_attempt_is_open():
    seat = Seat()
    flag(seat.place(), is_flagged=True)
    assert seat.question().is_flagged

    seat.submit()

    with pytest.raises(AttemptClosed):
        flag(seat.place(), is_flagged=False)


def test_what_the_database_refuses_for_another_reason_is_not_tried_for_ever(monkeypatch):
    seat = Seat()
    seat.save()

    def broken(place, save):
        raise IntegrityError

    monkeypatch.setattr(answers, "_write", broken)
    with pytest.raises(IntegrityError):
        seat.save(seat.chosen("wrong"), saw=1)
