"""Workers and beat say that they live, for the desk and for who asks whether the site is ready."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from celery import bootsteps
from django.db import Error as DatabaseFault
from django.db import connection

from partnership.jobs.models import Pulse
from partnership.jobs.queues import QUEUES
from partnership.lib import clock

log = logging.getLogger(__name__)

SECONDS = 15.0
BEAT = "beat"
FORGOTTEN = timedelta(days=1)


def note(name: str, *, at: datetime, is_start: bool = False, queues: str = "") -> None:
    """Somebody lives, and takes these queues. A start forgets who has been silent for a day."""
    if is_start:
        Pulse.objects.filter(seen_at__lt=at - FORGOTTEN).delete()
    told = {"seen_at": at, "queues": queues}
    begun = {"started_at": at} if is_start else {}
    if not Pulse.objects.filter(name=name).update(**told, **begun):
        Pulse.objects.get_or_create(name=name, defaults={"started_at": at, **told})


class Pulsing(bootsteps.StartStopStep):
    """A step of each worker: its main process says that it lives, whatever its children do."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **_options: Any) -> None:
        self.entry: Any = None

    def start(self, worker: Any) -> None:
        taken = " ".join(name for name in QUEUES if name in worker.app.amqp.queues.consume_from)
        _note_quietly(worker.hostname, True, taken)
        again = (worker.hostname, False, taken)
        self.entry = worker.timer.call_repeatedly(SECONDS, _note_quietly, again)

    def stop(self, worker: Any) -> None:
        if self.entry:
            self.entry.cancel()


def _note_quietly(name: str, is_start: bool, queues: str) -> None:
    """A database that is away takes the pulse, never the worker."""
    try:
        note(name, at=clock.now(), is_start=is_start, queues=queues)
    except DatabaseFault:
        log.warning("no pulse of %s this time", name)
    finally:
        # The worker's children are forked from this process: they must not find a connection.
        connection.close()
