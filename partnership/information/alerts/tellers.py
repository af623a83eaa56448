"""What is new in the library and from the feeds of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.information.alerts.news import Asked, News, told_by
from partnership.information.models import Document, DocumentVersion, Item


@told_by
def versions(asked: Asked) -> Iterator[News]:
    """Documents that were published, and their further versions."""
    rows = DocumentVersion.objects.published().filter(
        published_at__gt=asked.since, published_at__lte=asked.at, document__withdrawn_at=None
    )
    rows = rows.select_related("document").order_by("-published_at", "-pk")
    if asked.about:
        for row in rows.filter(document__in=_documents(asked)):
            yield _version(row, {asked.about})
        return
    rows = rows.prefetch_related("document__countries", "document__areas", "document__sectors")
    for row in rows:
        yield _version(row, _about(row.document))


def _documents(asked: Asked) -> Any:
    rows = Document.objects.order_by()
    topic = asked.key_of("topic")
    about = Q(areas__slug=topic) | Q(sectors__slug=topic) if topic else Q(pk__in=())
    if country := asked.key_of("country"):
        about = Q(countries=country)
    if slug := asked.key_of("document"):
        about = Q(slug=slug)
    return rows.filter(about).values("pk")


def _about(document: Document) -> set[str]:
    about = {f"document/{document.slug}"}
    about |= {f"country/{country.pk}" for country in document.countries.all()}
    about |= {f"topic/{topic.slug}" for topic in document.areas.all()}
    return about | {f"topic/{topic.slug}" for topic in document.sectors.all()}


def _version(row: DocumentVersion, about: set[str]) -> News:
    document, is_first = row.document, row.number == 1
    further = format_lazy("{title} ({version})", title=document.title, version=_version_of(row))
    assert row.published_at is not None
    return News(
        "document" if is_first else "version",
        document.slug if is_first else f"{document.slug}/{row.number}",
        document.title if is_first else further,
        document.get_absolute_url(),
        row.published_at,
        frozenset(about),
        note=document.publisher,
    )


def _version_of(row: DocumentVersion) -> Any:
    return format_lazy(_("version {number}"), number=row.number)


@told_by
def items(asked: Asked) -> Iterator[News]:
    """What was accepted from a feed. The link leads to our page, which leads to its publisher."""
    if not asked.is_of("source"):
        return
    rows = Item.objects.filter(
        state=Item.State.ACCEPTED, decided_at__gt=asked.since, decided_at__lte=asked.at
    )
    if slug := asked.key_of("source"):
        rows = rows.filter(feed__slug=slug)
    page = reverse("feeds:news")
    for row in rows.select_related("feed").order_by("-decided_at", "-pk"):
        assert row.decided_at is not None
        yield News(
            "item",
            str(row.uuid),
            row.title,
            f"{page}?feed={row.feed.slug}#item-{row.uuid}",
            row.decided_at,
            frozenset({f"source/{row.feed.slug}"}),
        )
