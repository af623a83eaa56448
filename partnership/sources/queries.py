"""The editors' lists, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership.sources.links import KeyOf, key_of
from partnership.sources.models import DatedFact, Link, Source

FACT_ORDERS = {
    "": ("topic", "position", "key"),
    "label": ("label", "key"),
    "-as_of": ("-as_of", "key"),
    "as_of": ("as_of", "key"),
}
# What has no day comes last.
LAST_READ = F("accessed_on").desc(nulls_last=True)
SOURCE_ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("title", "pk"),
    "publisher": ("publisher", "title", "pk"),
    "-accessed_on": (LAST_READ, "title", "pk"),
}


def with_links(rows: Iterable[Any]) -> list[Any]:
    """Each row with what is known of its address as `link`, or None: one query for all of them."""
    found = list(rows)
    keys = {row.address: key_of(row.address) for row in found if row.address}
    known = Link.objects.in_bulk(list(keys.values()), field_name="address_key") if keys else {}
    for row in found:
        row.link = known.get(keys.get(row.address, ""))
    return found


def with_copies(rows: Any, of: str = "address") -> Any:
    """A query that gives the archived copy of an address too: `archived_address`, `archived_on`."""
    link = Link.objects.filter(address_key=KeyOf(OuterRef(of))).order_by()
    return rows.annotate(
        archived_address=Coalesce(Subquery(link.values("archived_address")), Value("")),
        archived_on=Subquery(link.values("archived_on")),
    )


def facts(wanted: dict[str, Any]) -> QuerySet[DatedFact]:
    """The newest value of each figure that fits."""
    rows = DatedFact.objects.newest().select_related("source", "country")
    if asked := wanted["q"].strip():
        told = Q(label__icontains=asked) | Q(key__icontains=asked) | Q(definition__icontains=asked)
        rows = rows.filter(told | Q(value_text__icontains=asked) | Q(note__icontains=asked))
    if topic := wanted["topic"]:
        rows = rows.filter(topic=topic)
    if source := wanted["source"]:
        rows = rows.filter(source=source)
    return rows.order_by(*FACT_ORDERS[wanted["ordering"]])


def told(wanted: dict[str, Any]) -> QuerySet[DatedFact]:
    """What programs are told: every value that was kept, unless they ask for fewer."""
    rows = with_copies(DatedFact.objects.select_related("source"), "source__address")
    if topic := wanted["topic"]:
        rows = rows.filter(topic=topic)
    if country := wanted["country"]:
        rows = rows.filter(country=country.upper())
    if figure := wanted["figure"]:
        rows = rows.of_figures([figure])
    return (rows.newest() if wanted["newest"] else rows).order_by("key")


def values_of(figure: str) -> list[DatedFact]:
    """All values of a figure, the newest first."""
    rows = DatedFact.objects.of_figures([figure]).select_related("source", "checked_by", "country")
    return list(rows.order_by("-as_of", "-pk"))


def told_sources(wanted: dict[str, Any]) -> QuerySet[Source]:
    """What programs are told: each source with the archived copy of its address."""
    return with_copies(_fitting(wanted)).order_by("slug")


def _fitting(wanted: dict[str, Any]) -> QuerySet[Source]:
    rows = Source.objects.all()
    if asked := wanted["q"].strip():
        told = Q(title__icontains=asked) | Q(publisher__icontains=asked)
        rows = rows.filter(told | Q(address__icontains=asked) | Q(slug__icontains=asked))
    if kind := wanted["kind"]:
        rows = rows.filter(kind=kind)
    return rows


def sources(wanted: dict[str, Any]) -> QuerySet[Source]:
    """What editors find, in the order that they ask for."""
    rows = _fitting(wanted)
    match wanted["lacks"]:
        case "address":
            rows = rows.filter(address="")
        case "reading":
            rows = rows.filter(accessed_on=None)
    return rows.order_by(*SOURCE_ORDERS[wanted["ordering"]])
