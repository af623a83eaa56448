from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.learning.models import Answer, Attempt, OtherAnswer
from partnership.lib import clock
from tests.courses.learning.papers import KINDS, Sitting

pytestmark = pytest.mark.django_db


def test_a_saved_answer_stands_and_says_when():
    sitting = Sitting("single").start()

    told = sitting.save(sitting.chosen())

    answer = Answer.objects.get()
    assert told.status_code == 200
    assert (told.json()["outcome"], told.json()["revision"]) == ("saved", 1)
    assert told.json()["seconds_left"] is None
    assert answer.response == sitting.chosen()
    assert answer.device == "a test"


def test_the_same_save_again_counts_once():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen())
    sitting.save(sitting.chosen("wrong"), saw=1, key="another-key")

    told = sitting.save(sitting.chosen()).json()

    assert (told["outcome"], told["revision"]) == ("same", 1)
    assert Answer.objects.get().response == sitting.chosen("wrong")


def test_a_save_that_saw_less_is_kept_beside_and_both_are_told():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen(), device="desk")

    told = sitting.save(sitting.chosen("wrong"), key="from-the-phone", device="phone").json()

    assert (told["outcome"], told["revision"]) == ("beside", 0)
    assert Answer.objects.get().response == sitting.chosen()
    assert ">right<" in told["beside"]
    assert ">wrong<" in told["beside"]


@pytest.mark.parametrize(("take", "stands"), [(True, "wrong"), (False, "right")])
def test_the_learner_chooses_which_of_two_stands(take, stands):
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen(), device="desk")
    sitting.save(sitting.chosen("wrong"), key="from-the-phone", device="phone")
    other = OtherAnswer.objects.get()

    told = sitting.send("choose/", {"other": str(other.pk), "take": take}).json()

    assert told["response"] == sitting.chosen(stands)
    assert told["beside"].strip() == ""
    assert Answer.objects.get().response == sitting.chosen(stands)


def test_another_persons_choice_is_not_there():
    hers, his = Sitting("single").start(), Sitting("single").start()
    hers.save(hers.chosen())
    hers.save(hers.chosen("wrong"), key="from-the-phone", device="phone")
    other = OtherAnswer.objects.get()

    told = his.send("choose/", {"other": str(other.pk), "take": True})

    assert (told.status_code, OtherAnswer.objects.get().outcome) == (404, "waiting")


def test_a_number_is_read_by_the_learners_own_language():
    sitting = Sitting("number").start()
    sitting.learner.language = "fr"
    sitting.learner.save()

    told = sitting.save({"text": "1.234,5", "unit": "t"}).json()

    assert told["read_as"] == "Lu comme 1234,5 t"


def test_a_number_that_cannot_be_read_is_kept_as_typed_and_told():
    sitting = Sitting("number").start()

    told = sitting.save({"text": "about a hundred", "unit": ""}).json()

    assert (told["outcome"], told["problem"]) == ("saved", "This is not a number.")
    assert Answer.objects.get().response["text"] == "about a hundred"


def test_what_comes_after_the_end_is_kept_for_the_trainer():
    sitting = Sitting("single", plan="exam", time_limit_minutes=5, time_limit_reason="Why.").start()
    past = clock.now() - timedelta(hours=1)
    Attempt.objects.update(started_at=past - timedelta(minutes=5), deadline_at=past)

    told = sitting.save(sitting.chosen()).json()

    assert told["outcome"] == "late"
    assert OtherAnswer.objects.get().reason == "late"
    assert not Answer.objects.exists()


def test_practice_tells_at_once_and_a_check_does_not():
    practice = Sitting("single", plan="practise", pass_mark=None, attempts_allowed=None).start()
    check = Sitting("single").start()

    assert "Wrong" in practice.save(practice.chosen("wrong")).json()["feedback"]
    assert "feedback" not in check.save(check.chosen("wrong")).json()


def test_the_page_and_a_program_save_under_one_address():
    sitting = Sitting("single").start()

    page = sitting.client.get(sitting.address).content.decode()

    assert f'data-answers="{sitting.answers}"' in page
    assert sitting.client.get(f"{sitting.address}answers/").status_code == 405


# --- What cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{broken",
        "[" * 10_000 + "]" * 10_000,
        "NaN",
        "[]",
        '"text"',
        '{"saw": 1, "saw": 2}',
        '{"question": "a", "response": {}, "saw": 0, "key": "long-enough", "more": 1}',
        '{"question": "a", "response": {}, "saw": true, "key": "long-enough"}',
        '{"question": "a", "response": {}, "saw": -1, "key": "long-enough"}',
        '{"question": "a", "response": {}, "saw": 1e309, "key": "long-enough"}',
        '{"question": "a", "response": {}, "saw": 0, "key": "short"}',
        '{"question": "a", "response": {}, "saw": 0, "key": "a b c d e f g"}',
        '{"question": 7, "response": {}, "saw": 0, "key": "long-enough"}',
        '{"question": "\\ud800", "response": {}, "saw": 0, "key": "long-enough"}',
        '{"question": "a", "response": {}, "saw": 0, "key": "long-enough", "device": "' + "x" * 41,
        json.dumps({"response": {"text": "x" * 40_000}}),
        "\0",
    ],
)
def test_what_cannot_be_read_is_answered_in_a_sentence(body):
    sitting = Sitting("single").start()

    told = sitting.send("answers/", body)

    assert told.status_code == 400
    assert set(told.json()) == {"code", "detail", "fields"}
    assert len(told.json()["detail"]) > 10
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("single", {"chosen": ["unknown"]}),
        ("single", {"chosen": "unknown"}),
        ("single", {"chosen": [], "score": 1}),
        ("single", {"text": "x"}),
        ("single", None),
        ("single", []),
        ("multiple", {"chosen": [1]}),
        ("matching", {"pairs": [["a", "b"]]}),
        ("matching", {"pairs": {"a": "b"}}),
        ("ordering", {"order": ["a"]}),
        ("number", {"text": 5}),
        ("number", {"text": "5", "unit": "t" * 61}),
        ("short_text", {"text": "a\0b"}),
        ("short_text", {"text": "\ud800"}),
        ("short_text", {"text": "x" * 501}),
    ],
)
def test_an_answer_of_another_form_is_refused_by_its_field(kind, response):
    sitting = Sitting(kind).start()

    told = sitting.save(response)

    assert told.status_code == 400
    assert list(told.json()["fields"]) == ["response"]
    assert not Answer.objects.exists()


def test_a_question_of_another_paper_is_not_there():
    sitting, other = Sitting("single").start(), Sitting("single").start()

    told = sitting.save(other.chosen(), question=other.questions[0])

    assert (told.status_code, told.json()["code"]) == (404, "not_found")


def test_without_a_token_a_script_is_told_so():
    sitting = Sitting("single").start()
    client = Client(enforce_csrf_checks=True)
    client.force_login(sitting.learner)

    told = client.post(sitting.answers, "{}", content_type="application/json")

    assert (told.status_code, told.json()["code"]) == (403, "permission_denied")


# --- The state that a page asks for -----------------------------------------------------


def test_a_page_that_comes_back_is_told_what_stands():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen())

    told = sitting.client.get(sitting.answers).json()

    token = sitting.questions[0].token
    assert told["answers"] == {token: [1, sitting.chosen()]}
    assert (told["is_open"], told["person"]) == (True, str(sitting.learner.uuid))
    assert told["token"]


# --- Costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_save_costs_little_and_writes_no_session(kind):
    sitting = Sitting(kind).start()
    response = {
        "number": {"text": "5", "unit": "t"},
        "short_text": {"text": "words"},
        "matching": {"pairs": {}},
        "ordering": {"order": []},
    }.get(kind, {"chosen": []})
    question, before = sitting.questions[0], Session.objects.get()

    with CaptureQueriesContext(connection) as found:
        told = sitting.save(response, question=question)

    own = [
        query["sql"]
        for query in found
        if not any(
            word in query["sql"]
            for word in ("django_session", "partnership_user", "clock_timestamp", "SAVEPOINT")
        )
        and query["sql"] not in ("BEGIN", "COMMIT")
    ]
    assert told.status_code == 200
    assert len(own) <= 5, own
    assert not [query["sql"] for query in found if 'UPDATE "django_session' in query["sql"]]
    after = Session.objects.get()
    assert (after.session_data, after.expire_date) == (before.session_data, before.expire_date)
    assert "sessionid" not in told.cookies
    assert len(told.content) < 1024


# --- Flags ------------------------------------------------------------------------------


def test_a_question_is_flagged_and_unflagged():
    sitting = Sitting("single").start()
    token = sitting.questions[0].token

    for wanted in (True, False):
        told = sitting.send("flag/", {"question": token, "is_flagged": wanted})
        assert told.json() == {"is_flagged": wanted}
        assert sitting.questions[0].is_flagged is wanted


def test_a_flag_that_is_no_claim_is_refused():
    sitting = Sitting("single").start()

    told = sitting.send("flag/", {"question": sitting.questions[0].token, "is_flagged": "yes"})

    assert (told.status_code, list(told.json()["fields"])) == (400, [])
