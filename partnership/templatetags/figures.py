"""Numbers and dates in templates, as the rest of the site writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from partnership.lib import dating, numbers
from partnership.lib.text.marking import Piece

register = template.Library()
LONGEST_HEADING = 120


@register.filter
def number(value: Decimal | float | int | None) -> str:
    """1618.0000 as 1,618 and 7.2400 as 7.24."""
    return numbers.shown(value)


@register.filter
def is_long(title: str) -> bool:
    """Whether a heading of this size would fill the screen of a telephone."""
    return len(title) > LONGEST_HEADING


@register.filter
def dated(on: date | None, precision: str = "day") -> str:
    """A date as far as it is known, or "not known"."""
    return dating.as_text(on, precision)


@register.filter
def marked(pieces: Iterable[Piece]) -> str:
    """The pieces of a text, those that were searched for marked."""
    told = (format_html("<mark>{}</mark>", one.text) if one.is_hit else one.text for one in pieces)
    return format_html_join("", "{}", ((text,) for text in told))


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The address of this list with some of its parameters changed; empty ones are left out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = "" if value is None else str(value)
    for name in [name for name, value in query.items() if value == ""]:
        del query[name]
    return f"?{query.urlencode()}"
