"""What is taken away: each number with what it counts, from where, of which day, under what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.information.models import Snapshot
from partnership.lib import licence
from partnership.site.figures.series import Series

COLUMNS = [
    *("series", "title", "day", "part", "part_name", "number", "note", "unit"),
    *("definition", "source", "licence", "page", "definition_version", "counted_at"),
]


def names_of(series: Series, rows: Iterable[Snapshot]) -> dict[str, str]:
    return series.named({key for row in rows for key in row.parts})


def lines(series: Series, rows: list[Snapshot]) -> list[list[Any]]:
    """For a sheet: a line for the whole and one for each part, of each day."""
    names = names_of(series, rows)
    said = [series.told, str(series.source), licence.rights(), page_of(series)]
    return [
        [
            *(series.key, str(series.title), row.day, part, name, number, note, str(series.unit)),
            *(*said, row.version, row.revised_at or row.taken_at),
        ]
        for row in rows
        for part, name, number, note in _numbers(row, names)
    ]


def _numbers(row: Snapshot, names: dict[str, str]) -> Iterator[tuple[str, str, int | None, str]]:
    yield "", _("in all"), row.total, _("fewer than 5") if row.total is None else ""
    for key, number in row.parts.items():
        yield key, names[key], number, ""


def told(series: Series) -> dict[str, Any]:
    """What a program has to know of a series beside its numbers."""
    return {
        "series": series.key,
        "title": str(series.title),
        "unit": str(series.unit),
        "part": str(series.part),
        "definition": series.told,
        "definition_version": series.version,
        "parts_overlap": series.overlaps,
        "has_history": series.has_history,
        "source": str(series.source),
        "licence": licence.rights(),
        "page": page_of(series),
    }


def day_told(row: Snapshot, names: dict[str, str]) -> dict[str, Any]:
    """A day. No number in all means: fewer than five people."""
    return {
        "day": row.day.isoformat(),
        "total": row.total,
        "parts": [
            {"key": key, "name": names[key], "number": number} for key, number in row.parts.items()
        ],
        "definition_version": row.version,
        "counted_at": (row.revised_at or row.taken_at).isoformat(),
    }


def page_of(series: Series) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('figures:one', args=[series.key])}"
