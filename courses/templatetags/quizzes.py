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


@register.filter
def signed(points: int) -> str:
    """+12, 0, or a number below zero with a real minus."""
    told = numbers.shown(Decimal(abs(points)))
    return f"+{told}" if points > 0 else f"\u2212{told}" if points < 0 else told
