from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from courses.learning.models import Certificate
from courses.learning.services import enrolments
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)


def edition_of(lessons: int, **fields):
    edition = EditionFactory(**fields)
    module = ModuleFactory(edition=edition, title="Adjusting")
    for number in range(lessons):
        LessonFactory(module=module, title=f"Lesson number {number}")
    QuizFactory(edition=edition, slug="check", minutes=20)
    return edition


def page(client, edition) -> str:
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_visitor_sees_all_there_is_and_is_asked_to_sign_in_for_joining(client, db):
    edition = edition_of(2, authors="The unit", rules_as_of=date(2024, 11, 24))

    text = page(client, edition)

    for told in (
        "Lesson number 1",
        "The unit",
        "24 November 2024",
        "passed with 70 %",
        "10 min · 3 KB",
    ):
        assert told in text
    assert f'href="/account/sign-in/?next={edition.get_absolute_url()}"' in text
    assert "Read without joining" in text
    assert '<form method="post"' not in text


def test_a_stranger_is_offered_to_join_with_one_press(client, db):
    edition = edition_of(1)
    EnrolmentFactory(edition=edition)
    client.force_login(UserFactory())

    text = page(client, edition)

    assert f'action="{edition.get_absolute_url()}join/"' in text
    assert "required are done" not in text


def test_a_learner_goes_on_where_reading_stopped(client, db):
    edition = edition_of(2)
    enrolment = EnrolmentFactory(edition=edition)
    first, second = edition.lessons.order_by("position")
    enrolments.finish_lesson(enrolment, first, at=timezone.now())
    client.force_login(enrolment.learner)

    text = page(client, edition)

    assert "1 of 3 required are done." in text
    assert "Why not done: 2 are missing" in text
    assert f'href="{second.get_absolute_url()}"' in text
    assert "Continue: Module 1 · Lesson 2 – <bdi>Lesson number 1</bdi>" in text


def test_who_left_is_asked_to_come_back(client, db):
    enrolment = EnrolmentFactory(edition=edition_of(1), left_at=JOINED)
    client.force_login(enrolment.learner)

    assert "Come back to this course" in page(client, enrolment.edition)


def test_a_completed_course_shows_its_certificate(client, db):
    enrolment = EnrolmentFactory(edition=edition_of(1), completed_at=JOINED)
    certificate = Certificate.objects.create(
        code="ABCDEFGHJKLM",
        learner=enrolment.learner,
        edition=enrolment.edition,
        issued_at=JOINED,
        edition_number=1,
        rules_as_of=date(2024, 11, 24),
        hours=1,
    )
    client.force_login(enrolment.learner)

    assert f'href="{certificate.get_absolute_url()}"' in page(client, enrolment.edition)


def test_a_certificate_that_waits_for_a_name_leads_to_where_it_is_confirmed(client, db):
    enrolment = EnrolmentFactory(edition=edition_of(1), completed_at=JOINED)
    client.force_login(enrolment.learner)

    assert 'href="/account/training/name/"' in page(client, enrolment.edition)


def test_a_learner_keeps_the_edition_and_is_told_of_a_newer_one(client, db):
    enrolment = EnrolmentFactory(edition=edition_of(1))
    newer = EditionFactory(
        course=enrolment.edition.course, number=2, what_changed="New examples.", title="Again"
    )
    visitor = page(client, newer)
    client.force_login(enrolment.learner)

    text = page(client, newer)

    assert (enrolment.edition.title in text, "Again" in visitor) == (True, True)
    assert "Edition 2 of this course is out" in text
    assert "New examples." in text
    assert "Move to edition 2" in text


def test_a_draft_does_not_exist_for_anybody(client, db):
    edition = EditionFactory(published_at=None)
    LessonFactory(module=ModuleFactory(edition=edition, key="m"), slug="text")
    client.force_login(EnrolmentFactory(edition=edition).learner)

    for path in ("", "text/", "modules/m/"):
        assert client.get(edition.get_absolute_url() + path).status_code == 404


def test_a_retired_course_can_be_read_but_not_joined(client, db):
    edition = edition_of(1)
    edition.course.retired_on = date(2026, 1, 31)
    edition.course.save()
    client.force_login(UserFactory())

    text = page(client, edition)

    assert "Retired on 31 January 2026" in text
    assert "join/" not in text


def test_an_edition_without_lessons_has_a_page(client, db):
    assert "This edition has no lessons." in page(client, EditionFactory(language="xx"))


@pytest.mark.parametrize("lessons", [1, 40])
def test_a_course_costs_the_same_for_any_number_of_lessons(client, count_queries, lessons):
    enrolment = EnrolmentFactory(edition=edition_of(lessons), completed_at=JOINED)
    client.force_login(enrolment.learner)

    with count_queries(10):
        page(client, enrolment.edition)
