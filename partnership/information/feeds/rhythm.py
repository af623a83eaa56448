"""When a feed is asked again. Pure: chance is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

EVERY = timedelta(hours=1)
LONGEST = timedelta(days=1)
# So many faults in a row, over about a day and a half, and the feed is paused.
MOST_FAILURES = 6

# A number between two others.
Chance = Callable[[float, float], float]


def next_try(at: datetime, failures: int, chance: Chance, asked_for: timedelta) -> datetime:
    """An hour later; twice as long after each fault, up to a day; never sooner than it was asked.

    A fifth more or less by chance: feeds that were added together do not stay together.
    """
    wait = min(EVERY * 2 ** max(failures - 1, 0), LONGEST) * chance(0.8, 1.2)
    return at + max(wait, asked_for)


def asked_for(header: str, at: datetime) -> timedelta:
    """How long a host asks to be left alone, at most a day."""
    header = header.strip()
    if header.isascii() and header.isdigit() and len(header) < 9:
        wait = timedelta(seconds=int(header))
    else:
        try:
            wait = parsedate_to_datetime(header) - at
        except (ValueError, TypeError, OverflowError):
            return timedelta(0)
    return min(max(wait, timedelta(0)), LONGEST)
