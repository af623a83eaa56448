from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.mail.models import MailStop
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.mail import START, OutboxMessageFactory

pytestmark = pytest.mark.django_db
LATER = START + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("outbox_handed_over_has_a_time", {"state": "handed_over"}),
        ("outbox_handed_over_has_a_time", {"state": "queued", "handed_over_at": LATER}),
        ("outbox_handed_over_has_a_time", {"state": "lost"}),
        ("outbox_sending_has_a_lease", {"state": "sending"}),
        ("outbox_stoppable_has_a_reader", {"kind": "learning"}),
        ("outbox_mail_of_the_account_is_not_stopped", {"state": "stopped"}),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(constraint, fields):
    with refused_by(constraint):
        OutboxMessageFactory(**fields)


def test_one_reason_has_one_mail():
    OutboxMessageFactory(key="welcome:7")

    with refused_by("key"):
        OutboxMessageFactory(key="welcome:7")


def test_a_person_stops_a_kind_once_and_never_mail_of_the_account():
    person = UserFactory()
    MailStop.objects.create(person=person, kind="learning", stopped_at=START)

    with refused_by("mail_stop_once"):
        MailStop.objects.create(person=person, kind="learning", stopped_at=LATER)
    with refused_by("mail_stop_not_of_account"):
        MailStop.objects.create(person=person, kind="account", stopped_at=START)
