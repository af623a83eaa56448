"""Links as the desk lists them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from partnership.sources.models import Link

# What somebody should look at, where nothing else is asked for.
WANTED = (*Link.BROKEN, Link.State.MOVED)


def links(wanted: dict[str, Any]) -> QuerySet[Link]:
    """By default what is broken or has moved; the longest broken first."""
    rows = Link.objects.prefetch_related("uses")
    state = wanted["state"]
    rows = rows.filter(state=state) if state else rows.filter(state__in=WANTED)
    if asked := wanted["q"].strip():
        found = Q(address__icontains=asked) | Q(uses__title__icontains=asked)
        rows = rows.filter(pk__in=Link.objects.filter(found).values("pk"))
    return rows.order_by(F("since").asc(nulls_last=True), "address", "pk")
