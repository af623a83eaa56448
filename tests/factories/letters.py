from __future__ import annotations

from datetime import UTC, datetime

import factory
from allauth.account.models import EmailAddress

from partnership.accounts.models import User
from partnership.members.models import Letter, LetterRecipient, LetterText, ReplyDesk
from tests.factories.accounts import UserFactory

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class ReplyDeskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReplyDesk

    name = factory.Sequence(lambda n: f"Desk {n}")
    email = factory.Sequence(lambda n: f"desk{n}@a6.example")


class LetterFactory(factory.django.DjangoModelFactory):
    """A draft to everybody."""

    class Meta:
        model = Letter

    class Params:
        sending = factory.Trait(state="sending", sent_at=NOON)
        sent = factory.Trait(state="sent", sent_at=NOON, ended_at=NOON)

    circle = "people"
    language = "en"
    desk = factory.SubFactory(ReplyDeskFactory)
    changed_at = NOON


class LetterTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LetterText

    letter = factory.SubFactory(LetterFactory)
    language = "en"
    subject = "The next round"
    body = "It begins on Monday."


class LetterRecipientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LetterRecipient

    letter = factory.SubFactory(LetterFactory, sent=True)
    person = factory.SubFactory(UserFactory)


def reached(person: User | None = None, **more) -> User:
    """A person whose address is confirmed: letters can go there."""
    person = person or UserFactory(**more)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
