from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles

log = logging.getLogger(__name__)


@handles("data.export")
def export(steps: Steps) -> dict[str, Any]:
    """Make the file of a person. One that was forgotten or is ready meanwhile stays so."""
    from partnership.accounts.models import DataExport
    from partnership.lib import clock
    from partnership.site.mydata import exporting

    waiting = DataExport.objects.filter(pk=steps.payload["export"], ready_at__isnull=True)
    row = waiting.select_related("person").first()
    if row is not None:
        exporting.make(row, at=clock.now())
    return {"made": row is not None}


@handles("data.erase")
def erase(steps: Steps) -> dict[str, Any]:
    """Erase a person whose waiting period is over."""
    from partnership.lib import clock
    from partnership.site.mydata import erasing

    return erasing.work(steps, at=clock.now())


@handles("data.sweep")
def sweep(steps: Steps) -> dict[str, Any]:
    """Remove what is older than its limit, in batches. What is gone already costs nothing again."""
    from partnership.lib import clock
    from partnership.site.mydata.limits import LIMITS
    from partnership.site.mydata.limits import sweep as sweep_batch

    at, counts = clock.now(), {}
    for number, limit in enumerate(LIMITS, start=1):
        counts[limit.key] = 0
        while count := sweep_batch(limit, at=at):
            counts[limit.key] += count
            steps.step(number - 1, len(LIMITS), str(limit.what))
        steps.step(number, len(LIMITS), str(limit.what))
    told = ", ".join(f"{key} {count}" for key, count in counts.items() if count)
    log.info("removed as its time was over: %s", told or "nothing")
    return {"removed": counts}


@shared_task(name="site.look_after_data")
def look_after_data() -> int:
    """Beat rings this each hour: whoever has waited long enough is erased."""
    from partnership.accounts import data
    from partnership.lib import clock

    return data.start_due(clock.now())


@shared_task(name="site.sweep_data")
def sweep_data() -> None:
    """Beat rings this each day; one sweep at a time."""
    from partnership.jobs import services
    from partnership.lib import clock

    services.enqueue("data.sweep", at=clock.now())
