"""Whoever stops in the middle of a course is reminded once, and can stop that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courses.learning.models import Enrolment
from courses.learning.services import reminders
from partnership.mail import services as mail
from partnership.mail import stops
from partnership.mail.models import Kind, OutboxMessage
from tests.factories.courses import EnrolmentFactory, LessonFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def still(days: int = 20, **more) -> Enrolment:
    begun = NOON - 100 * DAY
    return EnrolmentFactory(joined_at=begun, active_at=NOON - days * DAY, **more)


def test_who_is_still_for_two_weeks_is_reminded_of_the_lesson_once(mailoutbox):
    enrolment = still(learner__name="Anna", edition__title="Reporting")
    enrolment.lesson = LessonFactory(edition=enrolment.edition, title="The balance")
    enrolment.save()

    assert reminders.remind(at=NOON) == 1
    assert reminders.remind(at=NOON + DAY) == 0

    message = OutboxMessage.objects.get()
    assert (message.to, message.kind) == (enrolment.learner.email, Kind.LEARNING)
    assert message.subject == "Your course waits for you: Reporting"
    assert "You stopped at the lesson “The balance”." in message.body
    assert f"/courses/{enrolment.edition.course.slug}/" in message.body
    assert "List-Unsubscribe" in message.headers


@pytest.mark.parametrize(
    "row",
    [
        {"days": 13},
        {"days": 61},
        {"completed_at": NOON - 30 * DAY},
        {"left_at": NOON - 30 * DAY},
        {"learner__is_active": False},
        {"reminded_at": NOON - DAY},
    ],
    ids=lambda row: next(iter(row)) + str(row.get("days", "")),
)
def test_who_goes_on_has_finished_left_given_up_or_been_reminded_is_left_in_peace(row):
    still(**row)

    assert reminders.remind(at=NOON) == 0
    assert not OutboxMessage.objects.exists()


def test_who_came_back_and_is_still_again_is_reminded_again():
    enrolment = still()
    reminders.remind(at=NOON)
    Enrolment.objects.update(active_at=NOON + DAY)

    assert reminders.remind(at=NOON + 20 * DAY) == 1
    assert OutboxMessage.objects.filter(reader=enrolment.learner).count() == 2


def test_who_wants_no_such_mail_gets_none():
    enrolment = still()
    stops.stop(enrolment.learner, Kind.LEARNING, at=NOON)

    reminders.remind(at=NOON)

    assert mail.deliver_due() == 0


def test_a_round_is_limited_and_the_longest_still_come_first(monkeypatch):
    monkeypatch.setattr(reminders, "MOST", 2)
    newest, oldest, middle = still(15), still(40), still(30)

    assert reminders.remind(at=NOON) == 2
    reminded = Enrolment.objects.filter(reminded_at__isnull=False)
    assert set(reminded.values_list("pk", flat=True)) == {oldest.pk, middle.pk}
    assert reminders.remind(at=NOON) == 1
    assert Enrolment.objects.get(pk=newest.pk).reminded_at == NOON


def test_it_speaks_the_language_of_the_learner():
    still(learner__language="fr", edition__title="Reporting")

    reminders.remind(at=NOON)

    assert OutboxMessage.objects.get().subject == "Votre cours vous attend : Reporting"
