from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="information.ring_feeds")
def ring_feeds() -> bool:
    """Beat rings this every five minutes; a round is a job, of which one is live."""
    from partnership.information.feeds import services
    from partnership.lib import clock

    return services.ring(at=clock.now())


@handles("feeds.round")
def go_round(steps: Steps) -> dict[str, Any]:
    """Ask the feeds whose time has come. Killed and run again it asks those it had not reached."""
    from partnership.information.feeds import fetching

    return fetching.go_round(steps.step)
