from __future__ import annotations

from datetime import timedelta

import pytest

from tests.constraints import refused_by
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
    ],
)
def test_a_row_that_contradicts_itself_is_refused(constraint, fields):
    with refused_by(constraint):
        OutboxMessageFactory(**fields)


def test_one_reason_has_one_mail():
    OutboxMessageFactory(key="welcome:7")

    with refused_by("key"):
        OutboxMessageFactory(key="welcome:7")
