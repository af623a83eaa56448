from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="courses.close_overdue")
def close_overdue() -> int:
    """Beat rings this each minute; whoever closes first wins, and a second ring finds nothing."""
    from courses.learning.services import attempts
    from partnership.lib import clock

    return attempts.close_overdue(at=clock.now())


@shared_task(name="courses.remind")
def remind() -> int:
    """Beat rings this each hour; a row says that it was reminded, so that it happens once."""
    from courses.learning.services import reminders
    from partnership.lib import clock

    return reminders.remind(at=clock.now())


@handles("courses.regrade_trial")
def look_at_regrading(steps: Steps) -> dict[str, Any]:
    """What grading a quiz again would change, for more attempts than a request can look at."""
    from courses.learning.services import regrading
    from partnership.lib import clock

    return regrading.look(steps, at=clock.now())


@handles("courses.regrade")
def regrade_quiz(steps: Steps) -> dict[str, Any]:
    """Grade a quiz again. Killed and run again it goes on where it stopped."""
    from courses.learning.services import regrading
    from partnership.lib import clock

    return regrading.work(steps, at=clock.now())
