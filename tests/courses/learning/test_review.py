"""The way of forms, without scripts: save and next, the review, handing in."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.learning.models import Answer, Attempt, OtherAnswer
from tests.courses.learning.papers import KINDS, Sitting

pytestmark = pytest.mark.django_db


def seen(sitting: Sitting) -> dict[str, str]:
    """The hidden fields of the form as the page gives them now."""
    page = sitting.client.get(sitting.address).content.decode()
    saw = re.findall(r'name="([\w-]+\.saw)" value="(\d+)"', page)
    stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
    return {**dict(saw), "stamp": stamp}


def test_without_scripts_all_seven_kinds_are_answered_reviewed_and_handed_in():
    sitting = Sitting(*KINDS).start()
    typed: dict = {}
    for question in sitting.questions:
        typed |= sitting.right(question)
        form = {**seen(sitting), **typed, "save": question.token}
        answer = sitting.client.post(f"{sitting.address}answers/", form)
        last = question.position == len(KINDS)
        onward = (
            f"{sitting.address}review/"
            if last
            else (f"{sitting.address}#q-{question.position + 1}")
        )
        assert answer["Location"] == onward

    page = sitting.client.get(f"{sitting.address}review/").content.decode()
    assert "Every question has an answer." in page
    key = re.search(r'name="key" value="([\w-]+)"', page)[1]
    handed = sitting.client.post(f"{sitting.address}submit/", {"key": key})

    assert handed["Location"] == f"{sitting.address}result/"
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_passed, attempt.closed_by) == (1, True, "learner")
    assert sitting.client.get(handed["Location"]).status_code == 200


def test_every_answer_on_the_form_is_kept_not_only_the_one_beside_the_button():
    sitting = Sitting("single", "short_text").start()
    first, second = sitting.questions
    form = {**seen(sitting), **sitting.right(first), **sitting.right(second), "save": first.token}

    sitting.client.post(f"{sitting.address}answers/", form)

    assert Answer.objects.count() == 2


def test_what_did_not_change_is_not_saved_again():
    sitting = Sitting(*KINDS).start()
    typed: dict = {}
    for question in sitting.questions:
        typed |= sitting.right(question)
    for _ in range(2):
        form = {**seen(sitting), **typed, "save": sitting.questions[0].token}
        sitting.client.post(f"{sitting.address}answers/", form)

    assert set(Answer.objects.values_list("revision", flat=True)) == {1}


def test_the_same_form_sent_twice_counts_once():
    sitting = Sitting("single").start()
    form = {**seen(sitting), **sitting.right(sitting.questions[0])}
    for _ in range(2):
        sitting.client.post(f"{sitting.address}answers/", form)

    assert (Answer.objects.get().revision, OtherAnswer.objects.count()) == (1, 0)


def test_an_old_copy_of_the_form_is_kept_beside():
    sitting = Sitting("single").start()
    old = seen(sitting)
    sitting.save(sitting.chosen(), device="desk")
    token = sitting.questions[0].token
    form = {**old, token: sitting.token(sitting.questions[0], "wrong"), "save": token}

    page = sitting.client.post(f"{sitting.address}answers/", form, follow=True).content.decode()

    assert "was answered on another device too" in page
    assert Answer.objects.get().response == sitting.chosen()
    review = sitting.client.get(f"{sitting.address}review/").content.decode()
    choice = re.search(r'value="(\d+:take)"', review)[1]
    sitting.client.post(f"{sitting.address}choose/", {"choose": choice})
    assert Answer.objects.get().response == sitting.chosen("wrong")


def test_lines_are_ordered_by_the_numbers_that_were_typed():
    sitting = Sitting("ordering").start()
    (question,) = sitting.questions
    places = {"first": "٣", "second": "1", "third": "x"}
    form = {f"{question.token}.{sitting.token(question, text)}": n for text, n in places.items()}

    sitting.client.post(f"{sitting.address}answers/", {**seen(sitting), **form})

    wanted = [sitting.token(question, text) for text in ("second", "first")]
    assert Answer.objects.get().response == {"order": wanted}


@pytest.mark.parametrize("value", ["unknown", "\ud800".encode("utf-8", "replace"), "x" * 5000])
def test_a_form_with_an_unknown_option_says_which_question_is_not_saved(value):
    sitting = Sitting("single").start()
    form = {**seen(sitting), sitting.questions[0].token: value}

    page = sitting.client.post(f"{sitting.address}answers/", form, follow=True).content.decode()

    assert "Question 1 is not saved" in page
    assert not Answer.objects.exists()


def test_the_unanswered_come_first_then_the_flagged():
    sitting = Sitting("single", "short_text", "multiple").start()
    _first, _second, third = sitting.questions
    sitting.client.post(
        f"{sitting.address}answers/", {**seen(sitting), **sitting.right(third), "flag": third.token}
    )

    page = sitting.client.get(f"{sitting.address}review/").content.decode()

    open_part = page[page.index('id="open"') : page.index('id="flagged"')]
    flagged_part = page[page.index('id="flagged"') : page.index('id="all"')]
    numbers = [re.findall(r"#q-(\d)", part) for part in (open_part, flagged_part)]
    assert numbers == [["1", "2"], ["3"]]


def test_a_flag_is_taken_away_in_the_review():
    sitting = Sitting("single").start()
    token = sitting.questions[0].token
    sitting.send("flag/", {"question": token, "is_flagged": True})

    sitting.client.post(f"{sitting.address}flag/", {"question": token, "is_flagged": "no"})

    assert sitting.questions[0].is_flagged is False


def test_the_same_key_twice_gives_the_same_result_and_another_is_refused():
    sitting = Sitting("single").start()
    first = sitting.send("submit/", {"key": "key-of-the-hand-in"})
    again = sitting.send("submit/", {"key": "key-of-the-hand-in"})
    other = sitting.send("submit/", {"key": "another-hand-in"})

    assert first.json() == again.json()
    assert first.json()["result"] == f"{sitting.address}result/"
    assert (other.status_code, other.json()["code"]) == (409, "refused")


@pytest.mark.parametrize("key", ["", "short", "with space in it", None])
def test_a_hand_in_without_a_key_of_its_own_is_not_understood(key):
    sitting = Sitting("single").start()

    assert sitting.send("submit/", {"key": key}).status_code == 400
    assert sitting.client.post(f"{sitting.address}submit/").status_code == 400
    assert Attempt.objects.get().is_open


@pytest.mark.parametrize("kinds", [("single",), KINDS * 3])
def test_handing_in_costs_at_most_25_queries(kinds):
    sitting = Sitting(*kinds).start()
    for number, question in enumerate(sitting.questions):
        if question.version.kind == "single":
            sitting.save(
                sitting.chosen(question=question), question=question, key=f"key-{number:08}"
            )

    with CaptureQueriesContext(connection) as found:
        sitting.send("submit/", {"key": "key-of-the-hand-in"})

    assert len(found) <= 25 + 2, [query["sql"][:90] for query in found]


@pytest.mark.parametrize("kinds", [("single",), KINDS * 3])
def test_the_review_costs_the_same_for_any_number_of_questions(count_queries, kinds):
    sitting = Sitting(*kinds).start()

    with count_queries(7):
        sitting.client.get(f"{sitting.address}review/")
