"""How the machines are: who works, what waits, whether mail and news come, room for files."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import gettempdir

from django.conf import settings
from django.db.models import Count, Min, Q

from partnership.information.feeds import queries as feeds
from partnership.jobs.models import Job, Pulse
from partnership.jobs.pulses import BEAT
from partnership.jobs.queues import QUEUES, queue_of
from partnership.lib import storage
from partnership.mail.models import OutboxMessage

# Of files that people send; below it an upload may fail.
LITTLE_ROOM = 1 << 30
# A job that waits longer needs a worker more.
LONG_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class QueueState:
    """A queue: how many jobs are due in it, and whether a worker that lives takes it."""

    name: str
    jobs_waiting: int
    is_taken: bool


@dataclass(frozen=True)
class Machines:
    """One look at everything that works for the site; times as of `at`."""

    at: datetime
    workers: tuple[Pulse, ...]
    beat: Pulse | None
    waiting: dict[str, int]
    oldest: datetime | None
    mails_waiting: int
    mails_given_up: int
    feeds: dict[str, int]
    bytes_free: int
    store_answers: bool

    @property
    def silent(self) -> list[Pulse]:
        """Who has missed three beats."""
        pulses = (*self.workers, *([self.beat] if self.beat else []))
        return [pulse for pulse in pulses if pulse.is_silent(self.at)]

    @property
    def jobs_waiting(self) -> int:
        return sum(self.waiting.values())

    @property
    def queues(self) -> list[QueueState]:
        """The most urgent first."""
        silent = self.silent
        alive = (worker for worker in self.workers if worker not in silent)
        taken = {name for worker in alive for name in worker.queues.split()}
        return [QueueState(name, self.waiting.get(name, 0), name in taken) for name in QUEUES]

    @property
    def wait(self) -> timedelta:
        """How long the job has been due that has waited longest."""
        return self.at - self.oldest if self.oldest else timedelta()

    @property
    def parts(self) -> dict[str, bool]:
        """Each part by name, and whether it is in order."""
        return {
            "workers": all(queue.is_taken for queue in self.queues),
            "beat": self.beat is not None and self.beat not in self.silent,
            "jobs": self.wait <= LONG_WAIT,
            "mail": not self.mails_given_up,
            "files": self.bytes_free >= LITTLE_ROOM,
            "storage": self.store_answers,
        }


def look(at: datetime) -> Machines:
    """In four queries."""
    pulses = list(Pulse.objects.all())
    due = Job.objects.filter(state=Job.State.QUEUED, run_at__lte=at)
    jobs = due.order_by().values_list("kind").annotate(n=Count("pk"), oldest=Min("run_at"))
    waiting, first = Counter[str](), []
    for kind, n, oldest in jobs:
        waiting[queue_of(kind)] += n
        first.append(oldest)
    state = OutboxMessage.State
    mails = OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=Q(state=state.QUEUED)),
        given_up=Count("pk", filter=Q(state=state.FAILED)),
    )
    return Machines(
        at=at,
        workers=tuple(pulse for pulse in pulses if pulse.name != BEAT),
        beat=next((pulse for pulse in pulses if pulse.name == BEAT), None),
        waiting=waiting,
        oldest=min(first, default=None),
        mails_waiting=mails["waiting"],
        mails_given_up=mails["given_up"],
        feeds=feeds.healths(),
        # Files on their way to a store on other machines lie in the system's folder for a while.
        bytes_free=shutil.disk_usage(gettempdir() if settings.BUCKET else settings.VAR_DIR).free,
        store_answers=storage.answers(),
    )


def jobs_by_state() -> dict[str, int]:
    return dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
