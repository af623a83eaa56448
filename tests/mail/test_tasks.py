from __future__ import annotations

import pytest
from django.core import mail

from partnership.mail.tasks import deliver
from tests.factories.mail import OutboxMessageFactory


@pytest.mark.django_db
def test_two_beats_hand_a_mail_over_once(settings):
    settings.MAIL_URL = "memory:"
    OutboxMessageFactory()

    assert [deliver(), deliver()] == [1, 0]
    assert len(mail.outbox) == 1
