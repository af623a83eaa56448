from __future__ import annotations

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from partnership.mail.backend import OutboxBackend
from partnership.mail.models import OutboxMessage


@pytest.mark.django_db
def test_what_django_sends_is_a_row_for_each_recipient():
    message = EmailMultiAlternatives(
        "Hello", "Plain", to=["a@m.example"], cc=["b@m.example"], bcc=["c@m.example"]
    )
    message.attach_alternative("<p>Rich</p>", "text/html")

    assert OutboxBackend().send_messages([message]) == 3
    assert list(
        OutboxMessage.objects.order_by("to").values_list("to", "subject", "body", "html")
    ) == [(f"{name}@m.example", "Hello", "Plain", "<p>Rich</p>") for name in "abc"]


@pytest.mark.django_db
def test_the_same_mail_sent_twice_is_two_mails():
    backend = OutboxBackend()

    for _ in range(2):
        send_mail("Hello", "Plain", None, ["a@m.example"], connection=backend)

    assert OutboxMessage.objects.count() == 2


def test_the_site_sends_through_the_outbox():
    from partnership import settings

    assert settings.EMAIL_BACKEND == "partnership.mail.backend.OutboxBackend"
