from __future__ import annotations

from datetime import UTC, datetime, timedelta

import factory

from partnership.information.models import Alert, Digest, DigestHit
from tests.factories.accounts import UserFactory

# A Monday, seven o'clock in UTC.
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


class DigestFactory(factory.django.DjangoModelFactory):
    """One that is due at `MONDAY`, of a reader in UTC, with all that came in the week before."""

    class Meta:
        model = Digest

    person = factory.SubFactory(UserFactory)
    since = MONDAY - WEEK
    next_at = MONDAY


class AlertFactory(factory.django.DjangoModelFactory):
    """Something that a person follows, for so long that all of the week is new."""

    class Meta:
        model = Alert

    person = factory.SubFactory(UserFactory)
    kind = "country"
    key = "QAA"
    since = MONDAY - WEEK


class DigestHitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DigestHit

    person = factory.SubFactory(UserFactory)
    kind = "document"
    key = factory.Sequence(lambda n: f"document-{n}")
    at = MONDAY
