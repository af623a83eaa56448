from __future__ import annotations

import pytest

from partnership.mail import services
from partnership.mail.models import OutboxMessage
from tests.factories.mail import OutboxMessageFactory
from tests.smtp import mail_server
from tests.threads import together


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_hand_each_mail_over_once(settings):
    OutboxMessageFactory.create_batch(6)
    with mail_server() as server:
        settings.MAIL_URL = server.url
        counts = together(services.deliver_due, services.deliver_due)

    assert sum(counts) == 6
    assert sorted(server.recipients) == sorted(OutboxMessage.objects.values_list("to", flat=True))
    assert set(OutboxMessage.objects.values_list("state", "tries")) == {("handed_over", 1)}
