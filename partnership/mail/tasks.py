from __future__ import annotations

from celery import shared_task


@shared_task(name="mail.deliver")
def deliver() -> int:
    """Beat rings this every 20 seconds; running twice hands nothing over twice."""
    from partnership.mail import services

    return services.deliver_due()
