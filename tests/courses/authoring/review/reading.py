"""Those who read a draft: its author, and a colleague who trains elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import Approval, Comment
from courses.authoring.review.services import approving, commenting
from courses.catalogue.models import Edition
from partnership.accounts.models import Role, RoleGrant, User
from tests.courses.authoring.writing import Draft, Writer, later
from tests.factories.accounts import UserFactory, person_with
from tests.factories.courses import CourseTrainerFactory


def author_of(draft: Draft) -> User:
    return CourseTrainerFactory(course=draft.course).person


def colleague(role: Role = Role.TRAINER) -> User:
    """Since before any draft of these tests."""
    person = person_with(role)
    RoleGrant.objects.filter(person=person).update(begins_on=date(2026, 1, 1))
    return person


def stranger() -> User:
    return UserFactory()


def say(draft: Draft, body: str = "Too long.", by: User | None = None, **given: Any) -> Comment:
    about = commenting.About(given.pop("part", "lesson:a"), given.pop("saw", None))
    told = {"key": uuid4(), "at": later(), **given}
    return commenting.say(draft.edition, body, about, by=by or colleague(), **told)


def needs_approval(draft: Draft, by: User | None = None) -> None:
    by = by or person_with(Role.ADMINISTRATOR)
    given = {"needs_approval": True, "is_administrator": True}
    approving.set_rule(draft.course, **given, by=by, at=later())


def approve(draft: Draft, by: User | None = None) -> Approval:
    by = by or colleague()
    return approving.approve(draft.edition, saw=fingerprint(draft.edition), by=by, at=later())


def write(draft: Draft, text: str, by: User, key: str = "a") -> None:
    Writer(draft.row(key), uuid4().hex, by, saw=10_000).save(text)


def published(edition: Edition) -> bool:
    return Edition.objects.get(pk=edition.pk).published_at is not None
