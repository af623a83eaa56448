from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="information.ring_digests")
def ring_digests() -> bool:
    """Beat rings this each minute: a round that was given up is followed by another at once."""
    from partnership.information.alerts import services
    from partnership.lib import clock

    return services.ring(at=clock.now())


@handles("alerts.round")
def go_round(steps: Steps) -> dict[str, Any]:
    """Write to everybody whose morning has come. Killed and run again it goes on where it was."""
    from partnership.information.alerts import sending
    from partnership.lib import clock

    return sending.go_round(steps, at=clock.now())
