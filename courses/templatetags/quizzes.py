"""What the pages of quizzes write in a way of their own."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from partnership.lib import markdown, numbers

register = template.Library()
MATH = re.compile(r'<math\b[^>]*? alttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)


@register.filter
def percent(share: Decimal | None) -> str:
    """0.7 as 70 %, with a narrow space that does not break."""
    return "" if share is None else f"{numbers.shown((share * 100).quantize(Decimal(1)))}\u202f%"


@register.filter
def signed(points: int) -> str:
    """+12, 0, or a number below zero with a real minus."""
    told = numbers.shown(Decimal(abs(points)))
    return f"+{told}" if points > 0 else f"\u2212{told}" if points < 0 else told


@register.filter
def formulas(text: str) -> str:
    """A text that is not Markdown, with its formulas drawn."""
    return mark_safe(markdown.of_plain(text))  # noqa: S308 - cleaned there


@register.filter
def in_plain(html: str) -> str:
    """The words of a rendered text, for a line of a list. A formula stands there as typed."""
    words = MATH.sub(lambda found: f"${found[1]}$", html)
    return " ".join(unescape(strip_tags(words)).split())
