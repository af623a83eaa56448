from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@shared_task(name="site.ring_figures")
def ring_figures() -> bool:
    """Beat rings this each hour: the first after midnight asks for the count of the day."""
    from partnership.lib import clock
    from partnership.site.figures import services

    return services.ring(at=clock.now())


@handles("figures.take")
def take(steps: Steps) -> dict[str, Any]:
    """Count each series. Killed and run again it finds what it had counted."""
    from partnership.lib import clock
    from partnership.site.figures import services
    from partnership.site.figures.series import SERIES

    told = {}
    for number, series in enumerate(SERIES.values(), start=1):
        taken = services.take(series, at=clock.now())
        told[series.key] = taken._asdict()
        steps.step(number, len(SERIES), str(series.title))
    return told
