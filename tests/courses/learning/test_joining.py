from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from courses.catalogue.models import Lesson
from courses.learning.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)

BLOCK = "b-0123456789"


@pytest.fixture
def edition(db):
    edition = EditionFactory()
    module = ModuleFactory(edition=edition)
    for position in (1, 2):
        LessonFactory(module=module, position=position)
    return edition


@pytest.fixture
def learner(client, edition) -> Enrolment:
    enrolment = EnrolmentFactory(edition=edition)
    client.force_login(enrolment.learner)
    return enrolment


def somebody(client, *, is_confirmed: bool = True):
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=is_confirmed)
    client.force_login(person)
    return person


def send(client, edition, what: str, **fields):
    return client.post(f"{edition.get_absolute_url()}{what}/", fields)


def test_one_press_joins(client, edition):
    person = somebody(client)

    answer = send(client, edition, "join")

    assert answer["Location"] == edition.get_absolute_url()
    assert Enrolment.objects.get().learner == person


def test_an_address_that_is_not_confirmed_is_refused_in_words(client, edition):
    somebody(client, is_confirmed=False)

    answer = send(client, edition, "join")

    assert answer.status_code == 409
    assert "Confirm your mail address first" in answer.content.decode()


def test_a_visitor_signs_in_first(client, edition):
    answer = send(client, edition, "join")

    assert answer["Location"].startswith("/account/sign-in/")
    assert not Enrolment.objects.exists()


def test_leaving_and_coming_back_keeps_one_enrolment(client, edition):
    somebody(client)
    send(client, edition, "join")
    send(client, edition, "leave")
    left = Enrolment.objects.get().left_at

    answer = client.post(f"{edition.get_absolute_url()}join/", follow=True)

    assert left
    assert Enrolment.objects.get().left_at is None
    assert "Welcome back" in answer.content.decode()


def test_moving_goes_on_in_the_newest_edition(client, edition, learner):
    newer = EditionFactory(course=edition.course, number=2)

    send(client, edition, "move")

    running = Enrolment.objects.active().get()
    assert (running.edition, running.moved_from) == (newer, learner)


def test_there_is_nothing_to_move_to(client, edition, learner):
    assert send(client, edition, "move").status_code == 409


def test_the_button_ticks_the_lesson_and_goes_on(client, edition, learner):
    first, second = edition.lessons.order_by("position")

    answers = [send(client, edition, f"{lesson.slug}/done") for lesson in (first, second)]

    assert [answer["Location"] for answer in answers] == [
        second.get_absolute_url(),
        edition.get_absolute_url(),
    ]
    assert learner.completions.filter(done_at__isnull=False).count() == 2


def test_the_place_is_kept_to_the_block(client, edition, learner):
    answer = send(client, edition, "lesson-2/place", block=BLOCK)

    learner.refresh_from_db()
    assert (answer.status_code, answer.content) == (204, b"")
    assert (learner.lesson.slug, learner.block) == ("lesson-2", BLOCK)
    assert learner.completions.get().done_at is None


@pytest.mark.parametrize(("rule", "is_done"), [("read", True), ("marked", False)])
def test_reaching_the_end_ticks_only_what_is_done_by_reading(
    client, edition, learner, rule, is_done
):
    Lesson.objects.update(rule=rule)

    send(client, edition, "lesson-1/place", block=BLOCK, read="on")

    assert bool(learner.completions.get().done_at) is is_done


@pytest.mark.parametrize("block", ["main", "b-0123456789<", "b-" + "0" * 60, "b-xyz"])
def test_a_place_that_cannot_be_is_refused(client, edition, learner, block):
    assert send(client, edition, "lesson-1/place", block=block).status_code == 400


@pytest.mark.parametrize("what", ["leave", "move", "lesson-1/done", "lesson-1/place"])
def test_a_stranger_changes_nothing(client, edition, what):
    somebody(client)
    EnrolmentFactory(edition=edition)

    assert send(client, edition, what).status_code == 404


@pytest.mark.parametrize("what", ["leave", "lesson-1/done", "lesson-1/place"])
def test_who_has_left_changes_nothing(client, edition, learner, what):
    Enrolment.objects.update(left_at=JOINED)

    assert send(client, edition, what).status_code == 404


@pytest.mark.parametrize("what", ["nothing/done", "nothing/place"])
def test_a_lesson_that_is_not_there_is_not_found(client, edition, learner, what):
    assert send(client, edition, what).status_code == 404


@pytest.mark.parametrize("what", ["join", "leave", "move", "lesson-1/done", "lesson-1/place"])
def test_opening_an_address_that_takes_a_form_changes_nothing(client, edition, learner, what):
    assert client.get(f"{edition.get_absolute_url()}{what}/").status_code == 405


def test_nobody_joins_a_draft(client, db):
    somebody(client)

    assert send(client, EditionFactory(published_at=None), "join").status_code == 404


def test_keeping_a_place_costs_few_queries(client, edition, learner, count_queries):
    with count_queries(12):
        send(client, edition, "lesson-1/place", block=BLOCK)
