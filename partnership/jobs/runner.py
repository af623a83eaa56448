"""Run one claimed job: beat while it works, report its steps, close it once."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error as DatabaseFault
from django.db import connection

from partnership.jobs import notices, services
from partnership.jobs.kinds import HANDLERS
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.logs import request_id
from partnership.lib.storage import StoreSilent

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0


class Taken(Exception):
    """The job was cancelled, or another worker has it: this one must write nothing more."""


class Progress:
    """The handler's view of its job."""

    def __init__(self, job: Job):
        self._job = job
        self.payload: dict[str, Any] = job.payload
        self.done: int = job.done

    def step(self, done: int, total: int, sentence: str = "") -> None:
        at = clock.now()
        if not services.progress(self._job, done=done, total=total, sentence=sentence, at=at):
            raise Taken


def run(job_id: int) -> None:
    """Claim and run a job. A second delivery of the same message finds nothing to claim."""
    job = services.claim(job_id, at=clock.now())
    if job is None:
        return
    token = request_id.set(f"job-{job.uuid}")
    try:
        _handle(job)
    finally:
        request_id.reset(token)


def _handle(job: Job) -> None:
    if job.kind not in HANDLERS:
        sentence = f"This site knows no job of the kind {job.kind!r}."
        services.fail(job, error=sentence, at=clock.now(), for_good=True)
        return
    try:
        with _beating(job):
            result = HANDLERS[job.kind](Progress(job))
        at = clock.now()
        with notices.ending(job, at=at):
            services.finish(job, result=result or {}, at=at)
    except Taken:
        services.close_cancelled(job, at=clock.now())
    except StoreSilent as silent:
        services.put_off(job, error=str(silent), at=clock.now())
    except Exception as error:
        log.exception("job %s failed", job)
        last_line = traceback.format_exception_only(error)[-1].strip()
        at = clock.now()
        with notices.ending(job, at=at):
            services.fail(job, error=last_line, at=at)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """A thread that renews the lease, for handlers that are long between two steps."""
    stop = threading.Event()

    def beat() -> None:
        is_ours = True
        while is_ours and not stop.wait(BEAT_SECONDS):
            try:
                is_ours = services.beat(job, at=clock.now())
            except DatabaseFault:
                # The database is being restarted: a new connection at the next beat.
                log.warning("no beat for job %s this time", job)
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, name=f"beat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
