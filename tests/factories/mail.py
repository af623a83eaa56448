from __future__ import annotations

from datetime import UTC, datetime

import factory

from partnership.mail.models import OutboxMessage

START = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


class OutboxMessageFactory(factory.django.DjangoModelFactory):
    """A waiting mail, due at `START`."""

    class Meta:
        model = OutboxMessage

    key = factory.Sequence(lambda n: f"mail-{n}")
    to = factory.Sequence(lambda n: f"person{n}@ministry.example")
    subject = "Welcome"
    body = "Good day."
    created_at = START
    next_try_at = START
