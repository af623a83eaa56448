from __future__ import annotations

from datetime import date

import factory

from partnership.accounts.models import Role, RoleGrant, User


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


def person_with(role: Role) -> User:
    """A person to whom the secretariat gave a role."""
    return RoleGrantFactory(role=role).person
