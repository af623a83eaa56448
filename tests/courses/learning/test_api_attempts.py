"""Quizzes as programs take them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.learning.models import Attempt, Certificate, Grading
from partnership.lib import clock
from tests.courses.learning.papers import KINDS, Sitting
from tests.courses.learning.seats import right
from tests.courses.learning.test_leaks import TOKEN, a_quiz_of_all_kinds, turn_every_key
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY
from tests.factories.courses import EnrolmentFactory, asked
from tests.site.reading import csv_rows, rows

ADDRESS = "/api/v1/attempts/"
pytestmark = pytest.mark.django_db


def start(sitting: Sitting, key: str = "", **body: object):
    wanted = {"course": sitting.quiz.edition.course.slug, "quiz": sitting.quiz.slug, **body}
    headers = {"Idempotency-Key": key} if key else {}
    return sitting.client.post(ADDRESS, wanted, "application/json", headers=headers)


def hand_in(sitting: Sitting, uuid: str, key: str = "a-key"):
    headers = {"Idempotency-Key": key} if key else {}
    return sitting.client.post(f"{ADDRESS}{uuid}/submit/", headers=headers)


def test_a_quiz_is_taken_from_the_start_to_the_certificate():
    sitting = Sitting(*KINDS)
    sitting.learner.name_confirmed_at = DAY
    sitting.learner.save()

    uuid = start(sitting).json()["uuid"]
    paper = sitting.client.get(f"{ADDRESS}{uuid}/").json()
    for question in Attempt.objects.get().paper.all():
        (shown,) = [one for one in paper["questions"] if one["token"] == question.token]
        saw = {
            "question": shown["token"],
            "saw": shown["revision"],
            "key": f"save-{question.pk:05}",
        }
        body = {**saw, "response": right(question)}
        saved = sitting.client.post(f"{ADDRESS}{uuid}/answers/", body, "application/json").json()
        assert (saved["outcome"], saved["revision"]) == ("saved", 1)
    handed = hand_in(sitting, uuid)
    result = sitting.client.get(handed.json()["result"]).json()

    assert (result["score"], result["is_passed"], result["is_open"]) == (1, True, False)
    assert {question["verdict"] for question in result["questions"]} == {"right"}
    assert all(question["right_answer"] for question in result["questions"])
    (certificate,) = rows(sitting.client, "/api/v1/certificates/")
    assert certificate["code"] == Certificate.objects.get().shown_code


def test_every_start_gives_the_attempt_that_is_open():
    sitting = Sitting()

    first, again, other = (start(sitting, key) for key in ("one", "one", "another"))

    assert first.status_code == 200
    assert first.content == again.content == other.content
    assert Attempt.objects.count() == 1


def test_a_start_that_comes_again_after_the_end_begins_nothing_new():
    sitting = Sitting()
    begun = start(sitting, "one").json()["uuid"]
    hand_in(sitting, begun, "done")

    assert start(sitting, "one").json()["uuid"] == begun
    assert start(sitting, "two").json()["uuid"] != begun


def test_the_key_of_a_start_that_met_a_running_attempt_begins_another_after_its_end_as_told():
    sitting = Sitting()
    running = start(sitting, "one").json()["uuid"]
    met = start(sitting, "two").json()["uuid"]
    hand_in(sitting, running, "done")

    later = start(sitting, "two").json()["uuid"]

    assert (met, later != running) == (running, True)
    schema = Path("docs/api.yaml").read_text(encoding="utf-8")
    told = " ".join(schema.partition("    StartBody:")[2].partition("properties:")[0].split())
    assert "it is not promised that it begins nothing later" in told


def test_the_same_hand_in_again_is_the_same_and_another_is_refused():
    sitting = Sitting().start()
    uuid = sitting.attempt.uuid

    first, again, other = (hand_in(sitting, uuid, key) for key in ("one", "one", "another"))

    assert (first.status_code, first.content) == (200, again.content)
    assert (other.status_code, other.json()["code"]) == (409, "attempt_closed")
    assert Grading.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 65, "a b", "é"])
def test_a_hand_in_needs_a_key(key):
    sitting = Sitting().start()

    answer = hand_in(sitting, sitting.attempt.uuid, key)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["Idempotency-Key"])
    assert Attempt.objects.get().is_open


def test_what_the_services_refuse_is_told_with_its_code():
    used_up, waiting, left = Sitting(attempts_allowed=1), Sitting(wait_minutes=60), Sitting()
    for sitting in (used_up, waiting):
        hand_in(sitting, start(sitting).json()["uuid"])
    left.enrolment.left_at = DAY
    left.enrolment.save()
    open_one = Sitting().start()

    told = [start(used_up), start(waiting), start(left)]
    told.append(open_one.client.get(f"{ADDRESS}{open_one.attempt.uuid}/result/"))

    assert [(one.status_code, one.json()["code"]) for one in told] == [
        (409, "no_attempts_left"),
        (409, "wait_first"),
        (409, "not_enrolled"),
        (409, "attempt_still_open"),
    ]
    assert list(told[1].json()["fields"]) == ["until"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quiz": "no-such-quiz"}, "quiz"),
        ({"course": "no-such-course"}, "quiz"),
        ({"quiz": None}, "quiz"),
        ({"quiz": 5}, "quiz"),
        ({"quiz": "\ud800"}, "quiz"),
        ({"quiz": "a\0"}, "quiz"),
        ({"course": {"slug": "x"}}, "course"),
        ({"deadline_at": "2099-01-01"}, "deadline_at"),
    ],
)
def test_a_start_that_cannot_be_is_refused_by_its_field(body, field):
    answer = start(Sitting(), **body)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert not Attempt.objects.exists()


def test_somebody_elses_attempt_looks_like_one_that_never_was():
    sitting = Sitting().start()
    client = Client()
    client.force_login(UserFactory())

    for path in ("", "answers/", "result/"):
        strange = client.get(f"{ADDRESS}{sitting.attempt.uuid}/{path}")
        missing = client.get(f"{ADDRESS}{uuid4()}/{path}")
        assert (strange.status_code, strange.content) == (404, missing.content)
    for path in ("answers/", "submit/"):
        body = {"question": "x", "response": {}, "saw": 0, "key": "long-enough"}
        header = {"Idempotency-Key": "a-key"}
        answer = client.post(
            f"{ADDRESS}{sitting.attempt.uuid}/{path}", body, "application/json", headers=header
        )
        assert answer.status_code == 404
    assert rows(client, ADDRESS) == csv_rows(client, f"{ADDRESS}?format=csv") == []
    assert client.get(f"{ADDRESS}{'-' * 36}/").status_code == 404


def test_an_attempt_whose_time_is_over_is_told_as_closed_before_any_sweep():
    sitting = Sitting(plan="exam", time_limit_minutes=5, time_limit_reason="Why.").start()
    past = clock.now() - timedelta(hours=1)
    Attempt.objects.update(started_at=past - timedelta(minutes=5), deadline_at=past)

    assert [row["is_open"] for row in rows(sitting.client, ADDRESS)] == [False]
    assert Attempt.objects.get().is_open
    result = sitting.client.get(f"{ADDRESS}{sitting.attempt.uuid}/result/").json()
    assert (result["closed_by"], result["score"]) == ("deadline", 0)


def test_a_result_that_was_not_passed_keeps_the_right_answers_while_attempts_are_left():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen("wrong"))
    hand_in(sitting, sitting.attempt.uuid)

    result = sitting.client.get(f"{ADDRESS}{sitting.attempt.uuid}/result/").json()

    (question,) = result["questions"]
    assert (question["verdict"], question["right_answer"]) == ("wrong", "")
    assert {option["is_right"] for option in question["options"]} == {None}
    assert question["explanation_html"] == ""
    assert (result["attempts_left"], result["shows_right_answers"]) == (2, False)


def test_practice_tells_a_program_the_verdict_and_a_check_does_not():
    practice = Sitting("single", plan="practise", pass_mark=None, attempts_allowed=None).start()
    check = Sitting("single").start()

    assert practice.save(practice.chosen("wrong")).json()["verdict"] == "wrong"
    assert "verdict" not in check.save(check.chosen("wrong")).json()


def test_a_program_decides_between_two_devices_by_saving_what_it_has_seen():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen(), device="desk")
    sitting.save(sitting.chosen("wrong"), key="from-the-phone", device="phone")

    (shown,) = sitting.client.get(f"{ADDRESS}{sitting.attempt.uuid}/").json()["questions"]
    told = sitting.save(sitting.chosen("wrong"), saw=shown["revision"], key="decided-now").json()

    assert [other["device"] for other in shown["others"]] == ["phone"]
    assert "pk" not in shown["others"][0]
    assert (told["outcome"], told["revision"]) == ("saved", 2)


# --- Nothing tells what is right ----------------------------------------------------------


MOMENT = re.compile(r'"\d{4}-\d\d-\d\dT[^"]+"')
UUID = re.compile(r'"[0-9a-f]{8}-[0-9a-f-]{27}"')


def told_of_papers(seat, number: int) -> list[str]:
    """All that the API sends of so many papers before the end: the paper and the list."""
    found = []
    for _ in range(number):
        client = Client()
        client.force_login(EnrolmentFactory(edition=seat.quiz.edition).learner)
        wanted = {"course": seat.quiz.edition.course.slug, "quiz": seat.quiz.slug}
        uuid = client.post(ADDRESS, wanted, "application/json").json()["uuid"]
        sent = [client.get(address).content.decode() for address in (f"{ADDRESS}{uuid}/", ADDRESS)]
        found.append("\n".join(sent))
    return found


def blotted(text: str) -> str:
    """Without identifiers and moments, every list in the order of its texts."""
    paper, listed = (UUID.sub('"-"', MOMENT.sub('"-"', part)) for part in text.split("\n"))
    body = json.loads(TOKEN.sub('"-"', paper))
    for question in body["questions"]:
        question["position"] = 0
        for side in ("choices", "left", "right"):
            question[side].sort(key=lambda option: option["text"])
    body["questions"].sort(key=lambda question: question["prompt"])
    return json.dumps(body, sort_keys=True) + listed


@pytest.mark.audit
def test_for_two_keys_of_one_quiz_the_same_bytes_are_sent_before_the_end():
    seat = a_quiz_of_all_kinds()
    before = told_of_papers(seat, 10)
    turn_every_key(seat)
    after = told_of_papers(seat, 10)

    every = before + after
    assert len({blotted(text) for text in every}) == 1
    # A moment without a part of a second is written shorter.
    assert len({len(MOMENT.sub('"-"', text)) for text in every}) == 1
    names = set(re.findall(r'"(\w+)":', every[0]))
    assert not {"pk", "id", "points", "feedback", "explanation", "unit", "key", "share"} & names


# --- Costs --------------------------------------------------------------------------------


def own_queries(found: CaptureQueriesContext) -> list[str]:
    """Beside the session, the person and the clock."""
    beside = ("django_session", "partnership_user", "clock_timestamp", "SAVEPOINT")
    sql = [query["sql"] for query in found if query["sql"] not in ("BEGIN", "COMMIT")]
    return [text for text in sql if not any(word in text for word in beside)]


@pytest.mark.parametrize("number", [1, 20])
def test_lists_papers_and_hand_ins_cost_the_same_for_any_number(number, count_queries):
    sitting = Sitting(*["single"] * number)
    for _ in range(number - 1):
        asked(Sitting(learner=sitting.learner).start().quiz)

    with CaptureQueriesContext(connection) as starting:
        uuid = start(sitting).json()["uuid"]
    sitting.attempt = Attempt.objects.get(uuid=uuid)
    question = sitting.questions[0]
    response = sitting.chosen("wrong", question=question)
    with CaptureQueriesContext(connection) as saving:
        sitting.save(response, question=question)
    with count_queries(3):
        assert len(rows(sitting.client, ADDRESS)) == number
    with count_queries(6):
        assert len(sitting.client.get(f"{ADDRESS}{uuid}/").json()["questions"]) == number
    with CaptureQueriesContext(connection) as handing_in:
        hand_in(sitting, uuid)
    with CaptureQueriesContext(connection) as reading:
        sitting.client.get(f"{ADDRESS}{uuid}/result/")

    assert len(own_queries(saving)) <= 5
    assert len(own_queries(handing_in)) <= 25
    assert (len(own_queries(starting)), len(own_queries(reading))) == (12, 7)
