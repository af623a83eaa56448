from __future__ import annotations

from celery import shared_task


@shared_task(name="courses.close_overdue")
def close_overdue() -> int:
    """Beat rings this each minute; whoever closes first wins, and a second ring finds nothing."""
    from courses.learning.services import attempts
    from partnership.lib import clock

    return attempts.close_overdue(at=clock.now())
