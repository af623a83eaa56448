"""What the register counts over time: each agreement from its first dated line."""

from __future__ import annotations

from django.db.models import Min, Q

from partnership.agreements.models import Agreement
from partnership.agreements.queries import NOT_KNOWN
from partnership.lib.counting import Span


def _dated(*columns: str) -> list[tuple]:
    """Of each agreement the first day that a standing line gives, and some columns of it."""
    standing = Q(stages__corrected_at__isnull=True)
    rows = Agreement.objects.annotate(since=Min("stages__on", filter=standing))
    return list(rows.filter(since__isnull=False).order_by("pk").values_list("since", *columns))


def all_agreements() -> list[Span]:
    return [Span(since) for (since,) in _dated()]


def by_acquiring() -> list[Span]:
    return [Span(since, (party,)) for since, party in _dated("acquiring")]


def by_region() -> list[Span]:
    """By the region of the host Party."""
    return [Span(since, (region,)) for since, region in _dated("host__region")]


def by_sector() -> list[Span]:
    """An agreement in several sectors counts in each; when it came to which is not known."""
    sectors: dict[int, list[str]] = {}
    for pk, slug in Agreement.objects.order_by().values_list("pk", "sectors__slug"):
        sectors.setdefault(pk, []).append(slug or NOT_KNOWN)
    return [Span(since, tuple(sorted(sectors[pk]))) for since, pk in _dated("pk")]
