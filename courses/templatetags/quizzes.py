"""What the pages of quizzes write in a way of their own."""

from __future__ import annotations

from decimal import Decimal

from django import template

from partnership.lib import numbers

register = template.Library()


@register.filter
def percent(share: Decimal | None) -> str:
    """0.7 as 70 %, with a narrow space that does not break."""
    return "" if share is None else f"{numbers.shown((share * 100).quantize(Decimal(1)))}\u202f%"
