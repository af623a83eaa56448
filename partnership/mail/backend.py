"""What Django and allauth send goes into the outbox like everything else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from partnership.lib import clock
from partnership.mail import services, texts


class OutboxBackend(BaseEmailBackend):
    """A mail backend that writes rows: sending never waits for a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at, count = clock.now(), 0
        for message in email_messages:
            alternatives = getattr(message, "alternatives", [])
            html = next((part[0] for part in alternatives if part[1] == "text/html"), "")
            for address in message.recipients():
                services.queue(
                    f"sent:{uuid4()}",
                    to=address,
                    subject=str(message.subject),
                    body=texts.Text(str(message.body), texts.spoken(), str(html)),
                    at=at,
                )
                count += 1
        return count
