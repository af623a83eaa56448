"""A person's own courses as programs use them."""

from __future__ import annotations

import pytest
from django.test import Client

from courses.learning.models import Enrolment
from courses.learning.services.enrolments import finish_lesson
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    DAY,
    CertificateFactory,
    confirmed,
    course_of,
    done,
    learning,
)
from tests.factories.courses import EditionFactory, LessonFactory, ModuleFactory
from tests.site.reading import csv_rows, rows

ADDRESS = "/api/v1/enrolments/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def learner():
    return confirmed(UserFactory())


@pytest.fixture
def client(learner):
    client = Client()
    client.force_login(learner)
    return client


def send(client, path="", body=None, **headers):
    return client.post(f"{ADDRESS}{path}", body or {}, "application/json", headers=headers)


def test_one_joins_once_however_often_it_is_sent(client, learner):
    course_of(course__slug="course")

    first, again, other = (
        send(client, body={"course": "course"}, **{"Idempotency-Key": key})
        for key in ("one", "one", "another")
    )

    assert (first.status_code, first.content) == (200, again.content)
    assert first.content == other.content
    assert first.json()["course"] == "course"
    assert Enrolment.objects.get().learner == learner


def test_the_services_refusals_are_told_with_their_codes(client, learner):
    course_of(course__slug="retired", course__retired_on="2026-01-01")
    learning(course_of(course__slug="course"), learner)
    learner.emailaddress_set.update(verified=False)
    course_of(course__slug="open")

    told = {
        "retired": send(client, body={"course": "retired"}),
        "open": send(client, body={"course": "open"}),
        "move": send(client, "course/move/"),
    }

    assert {name: (one.status_code, one.json()["code"]) for name, one in told.items()} == {
        "retired": (409, "edition_not_open"),
        "open": (409, "address_not_confirmed"),
        "move": (409, "nothing_newer"),
    }


def test_leaving_twice_keeps_the_first_time_and_joining_comes_back(client):
    course_of(course__slug="course")
    joined = send(client, body={"course": "course"}).json()

    left, again = (send(client, "course/leave/").json() for _ in range(2))

    assert left["left_at"]
    assert left == again
    back = send(client, body={"course": "course"}).json()
    assert (back["left_at"], back["joined_at"]) == (None, joined["joined_at"])


def test_moving_leads_to_the_newest_edition_and_both_are_listed(client, learner):
    old = course_of(2, course__slug="course")
    enrolment = learning(old, learner)
    finish_lesson(enrolment, old.lessons.first(), at=DAY)
    new = EditionFactory(course=old.course, number=2)
    LessonFactory(module=ModuleFactory(edition=new), key=old.lessons.first().key)

    assert send(client, "course/move/").json()["edition"] == 2

    assert [row["edition"] for row in rows(client, ADDRESS)] == [2, 1]
    now = client.get(f"{ADDRESS}course/").json()
    assert (now["edition"], now["done"], now["required"]) == (2, 1, 1)
    assert send(client, "course/move/").json()["code"] == "nothing_newer"


def test_an_enrolment_tells_what_is_done_what_is_next_and_the_certificate(client, learner):
    edition = course_of(2, course__slug="course")
    enrolment = learning(edition, learner)
    done(enrolment, edition.lessons.first())

    found = client.get(f"{ADDRESS}COURSE/").json()

    assert (found["done"], found["required"], found["certificate"]) == (1, 2, "")
    assert found["goes_on_at"] == "/courses/course/lesson-2/"
    assert [item["state"] for item in found["outline"][0]["items"]] == ["done", "not_begun"]
    Enrolment.objects.update(completed_at=DAY)
    assert client.get(f"{ADDRESS}course/").json()["waits_for_name"] is True
    certificate = CertificateFactory(learner=learner, edition=edition)
    found = client.get(f"{ADDRESS}course/").json()
    assert (found["certificate"], found["waits_for_name"]) == (certificate.shown_code, False)


def test_somebody_elses_enrolment_is_not_there(client):
    learning(course_of(course__slug="course"))

    assert rows(client, ADDRESS) == []
    assert csv_rows(client, f"{ADDRESS}?format=csv") == []
    for answer in (
        client.get(f"{ADDRESS}course/"),
        send(client, "course/leave/"),
        send(client, "course/move/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert Enrolment.objects.get().left_at is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "course"),
        ({"course": None}, "course"),
        ({"course": 7}, "course"),
        ({"course": True}, "course"),
        ({"course": ["a"]}, "course"),
        ({"course": "a\0b"}, "course"),
        ({"course": "\ud800"}, "course"),
        ({"course": "x" * 31}, "course"),
        ({"course": "no-such-course"}, "course"),
        ({"course": "draft"}, "course"),
        ({"course": "course", "learner": 1}, "learner"),
        ({"course": "course", "completed_at": "2026-01-01"}, "completed_at"),
        ('{"course": NaN}', "course"),
        ('{"course": [{"a": [-Infinity]}]}', "course"),
        ('{"course": 1e309}', "course"),
        ('{"course": "course", "course": "other"}', "course"),
        ('{"course": ' + "[" * 10_000 + "]" * 10_000 + "}", ""),
        ('{"course": ' + "[" * 500 + "]" * 500 + "}", ""),
        ('{"\\ud800": 1}', ""),
        ("[]", ""),
        ("{broken", ""),
        (b"\xff\xfe", ""),
        ('{"course": "' + "x" * 40_000 + '"}', ""),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_by_its_field(client, body, field):
    course_of(course__slug="course")
    EditionFactory(course__slug="draft", published_at=None)

    answer = send(client, body=body)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert set(answer.json()) == {"code", "detail", "fields"}
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("key", ["x" * 65, "a b", "ключ", "\t"])
def test_a_key_that_is_none_is_refused(client, key):
    course_of(course__slug="course")

    answer = send(client, body={"course": "course"}, **{"Idempotency-Key": key})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["Idempotency-Key"])


def test_only_json_is_read(client):
    course_of(course__slug="course")

    answer = client.post(ADDRESS, {"course": "course"})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_without_a_token_nothing_is_changed(learner):
    course_of(course__slug="course")
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)

    answer = send(client, body={"course": "course"})

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_lists_and_details_cost_the_same_for_any_number(client, learner, number, count_queries):
    for n in range(number):
        learning(course_of(number, course__slug=f"course-{n}"), learner)

    # The session, the person, the rows.
    with count_queries(3):
        assert len(rows(client, ADDRESS)) == number
    with count_queries(9):
        assert client.get(f"{ADDRESS}course-0/").json()["required"] == number
    with count_queries(8):
        send(client, body={"course": "course-0"})
