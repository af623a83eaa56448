"""Stretches of a long list, newest first. The last page of a million costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from partnership.lib.paging import cursor_at, cut, place_in

PARAMETER = "cursor"
SALT = "partnership.lib: keyset"


@dataclass(frozen=True)
class Stretch:
    """Some rows, and the cursors of those before and after them where there are any."""

    rows: list[Any]
    newer: str = ""
    older: str = ""


def stretch_of(rows: QuerySet[Any], request: HttpRequest, *, by: str, size: int) -> Stretch:
    """The rows that the address asks for, in the order of a moment and, where equal, the key."""
    order = [f"-{by}", "-pk"]
    is_back, place = place_in(request.GET.get(PARAMETER) or None, SALT)
    found = cut(rows.order_by(*order), order, place, is_back=is_back, size=size)

    def cursor(row: Model, *, is_back: bool) -> str:
        return cursor_at(row, order, is_back=is_back, salt=SALT)

    return Stretch(
        found.rows,
        newer=cursor(found.rows[0], is_back=True) if found.has_before else "",
        older=cursor(found.rows[-1], is_back=False) if found.has_after else "",
    )
