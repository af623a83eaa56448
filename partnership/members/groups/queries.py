"""What the pages of working groups show, in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnership.members.models import Affiliation, GroupDocument, GroupSeat, WorkingGroup


def counted(groups: QuerySet[WorkingGroup], day: date) -> QuerySet[WorkingGroup]:
    """Each with how many sit in it on a day and how many documents it shows; open ones first."""
    seats = GroupSeat.objects.on(day).filter(person__is_active=True)
    newest = GroupDocument.objects.filter(withdrawn_at__isnull=True, replaced_by__isnull=True)
    return groups.annotate(people=_number(seats), files=_number(newest)).order_by(
        F("closed_on").asc(nulls_first=True), "name"
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to the group that is counted."""
    of_group = rows.filter(group=OuterRef("pk")).order_by().values("group")
    return Coalesce(Subquery(of_group.annotate(n=Count("pk")).values("n")), 0)


def seats_on(group: WorkingGroup, day: date) -> list[Any]:
    """Who sits in it on a day, chairs first, each with the post of that day as `post` or None."""
    rows = GroupSeat.objects.on(day).filter(group=group, person__is_active=True)
    seats = list(rows.select_related("person").order_by("-is_chair", "person__name", "person"))
    posts = Affiliation.objects.on(day).filter(person__in=[row.person_id for row in seats])
    by_person: dict[int, Affiliation] = {}
    for post in posts.select_related("country", "institution").order_by("-begins_on", "pk"):
        by_person.setdefault(post.person_id, post)
    for row in seats:
        row.post = by_person.get(row.person_id)
    return seats


def documents(group: WorkingGroup, *, sees_all: bool) -> list[GroupDocument]:
    """The newest versions first, each followed by the older ones that it replaced."""
    rows = group.documents.select_related("added_by")
    found = list(rows if sees_all else rows.filter(withdrawn_at__isnull=True))
    earlier = {row.replaces_id: row for row in found if row.replaces_id}
    ordered: list[GroupDocument] = []
    by_key = {row.pk: row for row in found}
    for newest in (row for row in found if row.pk not in earlier):
        row: Any = newest
        while row is not None:
            row.is_older = row is not newest
            ordered.append(row)
            row = by_key.get(row.replaces_id)
    return ordered
