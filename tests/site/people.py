"""Alice and her colleagues: one person for each role, and what each of them is signed in to."""

from __future__ import annotations

from datetime import date

from django.test import Client

from partnership.accounts.models import Role, User
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import AffiliationFactory, FocalTermFactory

VISITOR = "visitor"
STRANGER = "signed in, without a role"
EVERY_ROLE = (VISITOR, STRANGER, *Role.values)
ENDED = date(2024, 6, 30)


def somebody(role: str) -> User:
    """A person who has exactly this role today."""
    match role:
        case Role.OFFICIAL:
            return AffiliationFactory().person
        case Role.FOCAL_POINT:
            return FocalTermFactory().person
        case Role.TRAINER | Role.DATA_EDITOR | Role.ADMINISTRATOR:
            return person_with(Role(role))
    return UserFactory()


def client_of(role: str) -> Client:
    """A browser in which such a person is signed in."""
    client = Client(raise_request_exception=False)
    if role != VISITOR:
        client.force_login(somebody(role))
    return client
