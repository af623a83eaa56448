from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="information.ring_links")
def ring_links() -> bool:
    """Beat rings this every ten minutes; a round is a job, of which one is live."""
    from partnership.information.links import services
    from partnership.lib import clock

    return services.ring(at=clock.now())


@shared_task(name="information.ring_copies")
def ring_copies() -> bool:
    """Beat rings this every hour: an archive is asked for a few copies at a time."""
    from partnership.information.links import services
    from partnership.lib import clock

    return services.ring_copies(at=clock.now())


@handles("links.round")
def go_round(steps: Steps) -> dict[str, Any]:
    """Look at the links whose time has come. Killed and run again it looks at those left."""
    from partnership.information.links import services

    return services.go_round(steps.step)


@handles("links.copies")
def ask_for_copies(steps: Steps) -> dict[str, Any]:
    """Ask a web archive for copies, one after another. Run again it asks for those left."""
    from partnership.information.links import services

    return services.ask_for_copies(steps.step)
