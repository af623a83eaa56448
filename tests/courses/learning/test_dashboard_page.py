from __future__ import annotations

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)


def page(client) -> str:
    response = client.get("/courses/mine/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def joined(person, title: str):
    edition = EditionFactory(title=title)
    LessonFactory(module=ModuleFactory(edition=edition, position=1), title=f"First of {title}")
    return EnrolmentFactory(learner=person, edition=edition)


def test_it_tells_what_to_go_on_with(client, db):
    person = UserFactory()
    joined(person, "Tracking")
    client.force_login(person)

    text = page(client)

    assert "Continue: Module 1 · Lesson 1 – <bdi>First of Tracking</bdi>" in text
    assert "Nothing is due." in text


def test_a_newcomer_is_led_to_the_courses(client, db):
    EditionFactory(title="Something new")
    client.force_login(UserFactory())

    text = page(client)

    assert "You are in no course that is still to be finished." in text
    assert "Something new" in text


def test_other_peoples_courses_are_not_shown(client, db):
    joined(UserFactory(), "Tracking")
    client.force_login(UserFactory())

    assert "First of Tracking" not in page(client)


def test_a_certificate_that_waits_is_due(client, db):
    enrolment = EnrolmentFactory(completed_at=JOINED)
    client.force_login(enrolment.learner)

    assert "1 certificate waits for you to confirm your name." in page(client)


def test_a_visitor_signs_in_and_comes_back(client, db):
    assert client.get("/courses/mine/")["Location"] == "/account/sign-in/?next=%2Fcourses%2Fmine%2F"


@pytest.mark.parametrize("courses", [1, 7])
def test_it_costs_the_same_for_any_number_of_courses(client, count_queries, courses):
    person = UserFactory()
    for number in range(courses):
        joined(person, f"Course {number}")
    client.force_login(person)

    with count_queries(12):
        page(client)
