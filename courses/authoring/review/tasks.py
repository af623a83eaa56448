from __future__ import annotations

from celery import shared_task


@shared_task(name="courses.publish_due")
def publish_due() -> int:
    """Beat rings this each minute; a plan ends in the transaction that publishes, so once."""
    from courses.authoring.review.services import planning
    from partnership.lib import clock

    return planning.publish_due(at=clock.now())
