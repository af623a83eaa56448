"""Lists of feeds and of what they brought, each in a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from partnership.information.models import Feed, Item

HEALTH = {
    "fault": Q(failures__gt=0, paused_at=None),
    "paused": Q(paused_at__isnull=False),
    "good": Q(failures=0, paused_at=None, good_at__isnull=False),
    "untried": Q(failures=0, paused_at=None, good_at=None),
}


def feeds(wanted: dict[str, Any]) -> QuerySet[Feed]:
    """Feeds with what they brought; what needs somebody comes first."""
    rows = Feed.objects.select_related("keeper").annotate(
        waiting=Count("items", Q(items__state=Item.State.NEW)),
        accepted=Count("items", Q(items__state=Item.State.ACCEPTED)),
        refused=Count("items", Q(items__state=Item.State.REFUSED)),
    )
    if asked := wanted["q"].strip():
        rows = rows.filter(Q(title__icontains=asked) | Q(address__icontains=asked))
    if health := wanted["health"]:
        rows = rows.filter(HEALTH[health])
    return rows.order_by("-failures", "title", "pk")


def healths() -> dict[str, int]:
    """How many feeds are in which health."""
    return Feed.objects.aggregate(**{name: Count("pk", rule) for name, rule in HEALTH.items()})


def queue(wanted: dict[str, Any]) -> QuerySet[Item]:
    """What waits, the oldest first; what was decided, the last decision first."""
    state = wanted["state"] or Item.State.NEW
    rows = _found(
        Item.objects.filter(state=state).select_related("feed", "decided_by", "document"), wanted
    )
    if state == Item.State.NEW:
        return rows.order_by("found_at", "pk")
    return rows.order_by("-decided_at", "-pk")


def news(wanted: dict[str, Any]) -> QuerySet[Item]:
    """What everybody reads."""
    return _found(Item.objects.accepted().select_related("feed"), wanted)


def _found(rows: QuerySet[Item], wanted: dict[str, Any]) -> QuerySet[Item]:
    if asked := wanted["q"].strip():
        rows = rows.filter(Q(title__icontains=asked) | Q(summary__icontains=asked))
    if feed := wanted["feed"]:
        rows = rows.filter(feed=feed)
    return rows
