"""Lists in the columns that an import takes: what is taken away can be sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnership.members.imports.columns import FIELDS
from partnership.members.models import Affiliation, Institution, Participation

CHUNK = 500


def columns(kind: str) -> list[str]:
    return [str(field.label) for field in FIELDS[kind]]


def listed(kind: str, day: date) -> QuerySet[Any]:
    """The rows of a list as it is on a day."""
    match kind:
        case "people":
            posts = Affiliation.objects.on(day).filter(person__is_active=True)
            rows = posts.select_related("person", "country", "institution")
            return rows.order_by("person__name", "person", "begins_on", "pk")
        case "institutions":
            return Institution.objects.select_related("seat", "source").order_by("sort_key", "pk")
    lines = Participation.objects.select_related("country", "institution", "source")
    return lines.order_by("begins_on", "pk")


def rows(kind: str, found: QuerySet[Any]) -> Iterator[list[Any]]:
    """Cells in the order of the columns. Countries by code, sources by slug: none is mistaken."""
    told = ROWS[kind]
    for row in found.iterator(chunk_size=CHUNK):
        yield told(row)


def _person(row: Affiliation) -> list[Any]:
    who, where = [row.person.email, row.person.name], [row.country_id, row.institution]
    return [*who, *map(_text, where), row.title, row.begins_on, row.ends_on]


def _institution(row: Institution) -> list[Any]:
    own = [row.name, row.acronym, row.kind, _text(row.seat_id), row.website, row.role]
    return [*own, row.source.slug]


def _participation(row: Participation) -> list[Any]:
    member = row.country_id or str(row.institution)
    return [member, row.begins_on, row.ends_on, row.source.slug, row.note]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


ROWS: dict[str, Callable[[Any], list[Any]]] = {
    "people": _person,
    "institutions": _institution,
    "participations": _participation,
}
