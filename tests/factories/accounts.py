from __future__ import annotations

from datetime import UTC, date, datetime

import factory

from partnership.accounts import tokens
from partnership.accounts.models import MailedCode, Role, RoleGrant, Scope, User

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address and no role. Sign in with `client.force_login`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@ministry.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(UserFactory)
    role = Role.TRAINER
    begins_on = date(2020, 1, 1)


class MailedCodeFactory(factory.django.DjangoModelFactory):
    """A code that was mailed at noon and may be entered."""

    class Meta:
        model = MailedCode

    email = factory.Sequence(lambda n: f"person{n}@ministry.example")
    made_at = sent_at = NOON
    expires_at = factory.LazyAttribute(lambda code: code.sent_at + MailedCode.LIFE)


def person_with(role: Role) -> User:
    """A person to whom the secretariat gave a role."""
    return RoleGrantFactory(role=role).person


def token_of(person: User, *scopes: str, at: datetime | None = None, days: int = 30) -> str:
    """The text of a token that may do all there is, or what is named."""
    wish = tokens.Wish("Program", scopes or tuple(Scope.values), days)
    return tokens.make(person, wish, at=at or datetime.now(UTC))[1]
