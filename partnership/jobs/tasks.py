from __future__ import annotations

import time
from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="jobs.run")
def run_job(job_id: int) -> None:
    """The doorbell: the row says whether there is anything to do."""
    from partnership.jobs import runner

    runner.run(job_id)


@shared_task(name="jobs.sweep")
def sweep() -> int:
    """Beat rings this every 15 seconds on a queue of its own."""
    from partnership.jobs import pulses, services
    from partnership.lib import clock

    at = clock.now()
    pulses.note(pulses.BEAT, at=at)
    return services.sweep(at=at)


@handles("jobs.trial")
def trial(steps: Steps) -> dict[str, Any]:
    """Count slowly. Operators start it to see that workers, broker and sweep do their work."""
    total, pause = int(steps.payload.get("steps", 20)), float(steps.payload.get("pause", 1.0))
    resumed_at = steps.done
    for number in range(resumed_at, total):
        time.sleep(pause)
        steps.step(number + 1, total, f"Counted {number + 1} of {total}")
    return {"counted": total, "resumed_at": resumed_at}
