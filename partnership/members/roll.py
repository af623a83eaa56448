"""The roll: countries and institutions with their membership, contact and focal points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from partnership.members import queries
from partnership.members.delegations import COUNTRY
from partnership.members.models import Country, FocalTerm, Institution, Participation

SOON = timedelta(days=60)
COLUMNS = ["key", "name", "type", "joined", "left", "contact", "website", "focal_points"]
COLUMNS += ["last_term_ends"]


def listed(kind: str, wanted: dict[str, Any], day: date) -> QuerySet[Any]:
    """The rows that fit, in the order of their names."""
    rows = _fitting(kind, wanted)
    mine = {kind: OuterRef("pk")}
    lines = Participation.objects.filter(**mine, begins_on__lte=day).order_by("-begins_on")
    terms = FocalTerm.objects.on(day).filter(**mine).order_by()
    rows = queries.with_profile(rows, kind).annotate(
        joined_on=Subquery(lines.values("begins_on")[:1]),
        left_on=Subquery(lines.values("ends_on")[:1]),
    )
    rows = _by_membership(rows, wanted["state"], day)
    match wanted["focal"]:
        case "none":
            rows = rows.filter(~Exists(terms))
        case "some":
            rows = rows.filter(Exists(terms))
        case "soon":
            rows = rows.filter(Exists(terms.filter(ends_on__lte=day + SOON)))
    return rows.prefetch_related(_running(day)).order_by("sort_key", "pk")


def _fitting(kind: str, wanted: dict[str, Any]) -> QuerySet[Any]:
    """By what was typed, and by region or kind of organisation."""
    asked, of_type = wanted["q"].strip(), wanted["type"]
    if kind == COUNTRY:
        return queries.directory(asked=asked, region=of_type)
    rows = Institution.objects.all()
    if asked:
        named = Q(name__icontains=asked) | Q(acronym__icontains=asked)
        rows = rows.filter(named | Q(seat__name__icontains=asked))
    return rows.filter(kind=of_type) if of_type else rows


def _by_membership(rows: QuerySet[Any], state: str, day: date) -> QuerySet[Any]:
    match state:
        case "member":
            running = Q(left_on__isnull=True) | Q(left_on__gte=day)
            return rows.filter(running, joined_on__isnull=False)
        case "left":
            return rows.filter(left_on__lt=day)
        case "unknown":
            return rows.filter(joined_on__isnull=True)
    return rows


def _running(day: date) -> Prefetch:
    terms = FocalTerm.objects.on(day).select_related("person").order_by("ends_on", "pk")
    return Prefetch("focal_terms", queryset=terms, to_attr="terms_now")


def cells(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The list as a sheet has it. A focal point is named with the end of the term."""
    for row in rows.iterator(chunk_size=500):
        terms = row.terms_now
        people = "; ".join(f"{term.person} ({term.ends_on.isoformat()})" for term in terms)
        last = max((term.ends_on for term in terms), default=None)
        website = row.said_website or getattr(row, "website", "")
        own = [key_of(row), row.name, type_of(row), row.joined_on, row.left_on]
        yield [*own, row.said_contact or "", website, people, last]


def key_of(row: Country | Institution) -> str:
    return row.code if isinstance(row, Country) else row.slug


def type_of(row: Country | Institution) -> str:
    of_type = row.get_region_display() if isinstance(row, Country) else row.get_kind_display()  # type: ignore[attr-defined]
    return str(of_type)
