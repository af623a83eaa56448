"""What the desk's pages write in a way of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from courses.templatetags.quizzes import percent

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """0.7251 as 73 %; nothing where there is none."""
    return "" if value is None else percent(Decimal(str(value)))


@register.filter
def minutes_in_all(row: dict[str, Any]) -> int | None:
    """The time limit of a quiz with what was granted beside it."""
    limit = row["quiz__time_limit_minutes"]
    return None if limit is None else limit + row["minutes"]
