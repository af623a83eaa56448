from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import factory

from partnership.members.models import GroupDocument, GroupSeat, WorkingGroup
from tests.factories.accounts import UserFactory


class WorkingGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkingGroup
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"group-{n}")
    name = factory.LazyAttribute(lambda row: f"Group {row.slug}")
    purpose = "To compare how tracking is done."
    founded_on = date(2026, 1, 1)


class GroupSeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupSeat

    group = factory.SubFactory(WorkingGroupFactory)
    person = factory.SubFactory(UserFactory)
    begins_on = date(2026, 1, 1)


class GroupDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupDocument

    group = factory.SubFactory(WorkingGroupFactory)
    title = factory.Sequence(lambda n: f"Paper {n}")
    language = "en"
    kind = "pdf"
    key = factory.LazyFunction(lambda: f"groups/{uuid4().hex}")
    size = 9
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    added_at = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
