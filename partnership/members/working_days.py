"""Days on which offices answer: Monday to Friday in UTC. Holidays differ and are not counted."""

from __future__ import annotations

from datetime import datetime, timedelta

SATURDAY = 5


def after(at: datetime, days: int) -> datetime:
    """So many working days later at the same time; what comes on a weekend counts from Monday."""
    while at.weekday() >= SATURDAY:
        at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    while days:
        at += timedelta(days=1)
        if at.weekday() < SATURDAY:
            days -= 1
    return at
