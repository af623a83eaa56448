"""Pages of a list: by cursor in the API, by number on pages people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from partnership.lib.errors import BadQuery

PAGE_SIZE = 100
MOST_DIGITS = 9


class Cursor(CursorPagination):
    """Pages that begin after the last row of the page before, by all columns of the order.

    So every row comes exactly once, also when rows are added in between or share a sort key. The
    rows must be in a total order. The cursor is signed: only what we gave out is taken back.
    """

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = 500
    next: str | None
    previous: str | None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        order = list(queryset.query.order_by)
        salt = f"cursor {queryset.model._meta.label} {order}"
        size = self.get_page_size(request)
        is_back, place = place_in(request.query_params.get(self.cursor_query_param), salt)
        found = cut(queryset, order, place, is_back=is_back, size=size)

        def link(is_back: bool, row: Model) -> str:
            cursor = cursor_at(row, order, is_back=is_back, salt=salt)
            address = request.build_absolute_uri()
            return replace_query_param(address, self.cursor_query_param, cursor)

        self.next = link(False, found.rows[-1]) if found.has_after else None
        self.previous = link(True, found.rows[0]) if found.has_before else None
        return found.rows

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        size = _whole(asked)
        if not 1 <= size <= self.max_page_size:
            raise BadQuery({"page_size": [f"A page has from 1 to {self.max_page_size} rows."]})
        return size

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        parts = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(parts), "properties": parts}

    def get_next_link(self) -> str | None:
        return self.next

    def get_previous_link(self) -> str | None:
        return self.previous


@dataclass(frozen=True)
class Cut:
    """Some rows of a list in their order, and whether there are more after and before them."""

    rows: list[Any]
    has_after: bool = False
    has_before: bool = False


def cut(
    rows: QuerySet[Any], order: Sequence[str], place: Sequence[Any], *, is_back: bool, size: int
) -> Cut:
    """The rows beyond a place, or from the beginning where none is named. The order is total."""
    if place:
        rows = rows.filter(_beyond(order, place, is_back))
    found = list((rows.reverse() if is_back else rows)[: size + 1])
    page, is_more = found[:size], len(found) > size
    if is_back:
        page.reverse()
    if not page:
        return Cut([])
    return Cut(page, is_more or is_back, bool(is_more if is_back else place))


def cursor_at(row: Model, order: Sequence[str], *, is_back: bool, salt: str) -> str:
    """A signed word for the place of a row: only what we gave out is taken back."""
    return signing.dumps([is_back, [_value(row, name) for name in order]], salt=salt)


def place_in(cursor: str | None, salt: str) -> tuple[bool, list[Any]]:
    """Whether to go back, and from where; the beginning where there is no cursor."""
    if cursor is None:
        return False, []
    try:
        is_back, place = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        text = "This page does not exist any more: start the list again."
        raise BadQuery({"cursor": [text]}) from None
    return is_back, place


def _beyond(order: Sequence[str], place: Sequence[Any], is_back: bool) -> Q:
    """Rows further on by the first column, or equal there and further on by the next."""
    found, equal, directions = Q(), Q(), []
    for name, value in zip(order, place, strict=True):
        column = name.lstrip("-")
        directions.append("lt" if name.startswith("-") != is_back else "gt")
        found |= equal & Q((f"{column}__{directions[-1]}", value))
        equal &= Q((column, value))
    # It follows from the rest; alone it lets an index begin at the right place.
    return Q((f"{order[0].lstrip('-')}__{directions[0]}e", place[0])) & found


def _value(row: Any, name: str) -> int | str:
    """What a row holds in a column of the order, also in one of a related row."""
    for part in name.lstrip("-").split("__"):
        row = getattr(row, part)
    return row if isinstance(row, int) else str(row)


def page_of(rows: QuerySet[Any] | list[Any], request: HttpRequest, size: int = PAGE_SIZE) -> Page:
    """The page that the address names; a page that is not there is a bad query, not a guess."""
    paginator, asked = Paginator(rows, size), request.GET.get("page", "1")
    number = _whole(asked)
    if not 1 <= number <= paginator.num_pages:
        raise BadQuery({"page": [f"There is no page {asked[:20]} in this list."]})
    return paginator.page(number)


def _whole(asked: str) -> int:
    """The number that was asked for; 0, which no list has, for what is none or absurdly long."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS
    return int(asked) if is_number else 0
