"""When the next mail comes: at seven in the morning, by the clock of its reader."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from partnership.information.models import Digest

HOUR = time(7)
MONDAY = 0


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name, or UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def after(at: datetime, rhythm: str, zone: str) -> datetime | None:
    """The first such morning after a moment; none where no mail is wanted."""
    if rhythm == Digest.Rhythm.NONE:
        return None
    there = zone_of(zone)
    day = at.astimezone(there).date()
    while True:
        morning = datetime.combine(day, HOUR, there).astimezone(UTC)
        is_day = rhythm == Digest.Rhythm.DAILY or day.weekday() == MONDAY
        if is_day and morning > at:
            return morning
        day += timedelta(days=1)
