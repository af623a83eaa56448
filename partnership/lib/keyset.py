"""Stretches of a long list, newest first. The last page of a million costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from partnership.lib.errors import BadQuery

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
    is_back, place = _asked(request)
    if place:
        rows = rows.filter(_beyond(by, *place, is_back=is_back))
    order = (by, "pk") if is_back else (f"-{by}", "-pk")
    found = list(rows.order_by(*order)[: size + 1])
    page, is_more = found[:size], len(found) > size
    if is_back:
        page.reverse()
    if not page:
        return Stretch([])
    return Stretch(
        page,
        newer=_cursor(by, page[0], is_back=True) if (is_more if is_back else place) else "",
        older=_cursor(by, page[-1], is_back=False) if is_more or is_back else "",
    )


def _beyond(by: str, moment: datetime, key: int, *, is_back: bool) -> Q:
    """Rows further on. The first condition alone lets an index begin at the right place."""
    further = "gt" if is_back else "lt"
    return Q((f"{by}__{further}e", moment)) & (
        Q((f"{by}__{further}", moment)) | Q((f"pk__{further}", key))
    )


def _cursor(by: str, row: Model, *, is_back: bool) -> str:
    return signing.dumps([is_back, getattr(row, by).isoformat(), row.pk], salt=SALT)


def _asked(request: HttpRequest) -> tuple[bool, tuple[datetime, int] | None]:
    cursor = request.GET.get(PARAMETER)
    if not cursor:
        return False, None
    try:
        is_back, moment, key = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        text = "This page does not exist any more: start the list again."
        raise BadQuery({PARAMETER: [text]}) from None
    return is_back, (datetime.fromisoformat(moment), key)
