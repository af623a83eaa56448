"""Everything that moves a job row. Each change is a conditional update that one caller wins."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from partnership.jobs import notices
from partnership.jobs.models import SILENCE, Job, Pulse
from partnership.jobs.queues import kinds_of, queue_of
from partnership.jobs.tasks import run_job
from partnership.lib.errors import Refusal

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
# So long no worker took a job in its turn, though one lives; so many are then rung for.
QUIET, FEW = timedelta(seconds=20), 20
TRIES = 3
AWAY, LONGEST_AWAY = timedelta(seconds=30), timedelta(days=1)
BREAKER_SECONDS = 15.0
State = Job.State


class Breaker:
    """When the broker did not answer, the next requests do not try: the sweep rings for them."""

    open_until = 0.0


class JobFinished(Refusal):
    """There is nothing left to cancel."""

    code = "job_finished"


class NotFailed(Refusal):
    """Only what has failed can be tried again, and once."""

    code = "job_not_failed"


def enqueue(
    kind: str,
    *,
    at: datetime,
    key: str = "",
    payload: dict[str, Any] | None = None,
    by: Any = None,
) -> Job:
    """Ask for a job. While one of the same kind and key is live, that one is the answer."""
    for is_last in (False, True):
        job = Job(
            kind=kind,
            key=key,
            payload=payload or {},
            requested_by=by,
            created_at=at,
            run_at=at,
            rung_at=at,
        )
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError:
            if live := Job.objects.live().filter(kind=kind, key=key).first():
                return live
            # The live one ended just now: there is room for ours.
            if is_last:
                raise
        else:
            transaction.on_commit(partial(ring, job.pk, kind))
            break
    return job


def ring(job_id: int, kind: str) -> bool:
    """Send the doorbell of a job to the queue of its kind."""
    return knock(run_job, job_id, queue=queue_of(kind))


def knock(task: Any, *arguments: int, **options: Any) -> bool:
    """Ask a worker to do now what beat asks for anyway. A silent broker costs one second, once."""
    if time.monotonic() < Breaker.open_until:
        return False
    try:
        task.apply_async(arguments, retry=False, **options)
    except Exception:
        Breaker.open_until = time.monotonic() + BREAKER_SECONDS
        log.warning("the broker does not answer; the sweep will ring for %s", task.name)
        return False
    return True


@transaction.atomic
def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take a waiting job, or nothing if another worker has it."""
    taken = Job.objects.filter(pk=job_id, state=State.QUEUED, run_at__lte=at).update(
        state=State.RUNNING,
        started_at=at,
        lease_until=at + LEASE,
        fence=F("fence") + 1,
        tries=F("tries") + 1,
        error="",
    )
    # Read in the same transaction: the fence is the one that this update wrote.
    return Job.objects.get(pk=job_id) if taken else None


def _held(job: Job) -> Any:
    """The row as long as this claim holds it."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, fence=job.fence)


def beat(job: Job, *, at: datetime) -> bool:
    """Say that the worker lives. False: the job is no longer this worker's."""
    return bool(_held(job).update(lease_until=at + LEASE))


def progress(job: Job, *, done: int, total: int, sentence: str, at: datetime) -> bool:
    """Write how far it is. False: cancelled, or no longer this worker's."""
    return bool(
        _held(job)
        .filter(cancel_asked_at__isnull=True)
        .update(done=done, total=total, sentence=sentence[:200], lease_until=at + LEASE)
    )


def finish(job: Job, *, result: dict[str, Any], at: datetime) -> bool:
    """Close the job. Exactly one claim can."""
    return bool(
        _held(job).update(state=State.DONE, result=result, finished_at=at, lease_until=None)
    )


def fail(job: Job, *, error: str, at: datetime, for_good: bool = False) -> None:
    """A try went wrong: another try later, or the end with its reason."""
    mine = _held(job).filter(cancel_asked_at__isnull=True)
    error = _storable(error)
    if job.tries < TRIES and not for_good:
        wait = timedelta(seconds=5 * 2**job.tries)
        mine.update(
            state=State.QUEUED, run_at=at + wait, rung_at=None, error=error, lease_until=None
        )
    else:
        mine.update(state=State.FAILED, error=error, finished_at=at, lease_until=None)
    # One that was cancelled meanwhile has no further try.
    close_cancelled(job, at=at)


def put_off(job: Job, *, error: str, at: datetime) -> None:
    """What a job needs is away for a while: it waits, for a day, and the try does not count."""
    if at - job.created_at > LONGEST_AWAY:
        fail(job, error=error, at=at)
        return
    mine = _held(job).filter(cancel_asked_at__isnull=True)
    mine.update(
        state=State.QUEUED,
        tries=F("tries") - 1,
        run_at=at + AWAY,
        rung_at=None,
        error=error,
        lease_until=None,
    )
    close_cancelled(job, at=at)


def _storable(text: str) -> str:
    """A reason may quote a broken file: no database stores half a letter, or a NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:2000]


def close_cancelled(job: Job, *, at: datetime) -> bool:
    """What a worker does when it learns that its job was cancelled."""
    return bool(
        _held(job)
        .filter(cancel_asked_at__isnull=False)
        .update(state=State.CANCELLED, finished_at=at, lease_until=None)
    )


def cancel(job: Job, *, at: datetime) -> None:
    """Stop a job: at once while it waits, at its next step while it runs."""
    # One statement: between two of them a waiting job could be claimed, or a running one put back.
    is_waiting = When(state=State.QUEUED, then=Value(at))
    asked = Job.objects.live().filter(pk=job.pk)
    if not asked.update(
        cancel_asked_at=at,
        finished_at=Case(is_waiting, default=None),
        state=Case(When(state=State.QUEUED, then=Value(State.CANCELLED)), default=F("state")),
    ):
        raise JobFinished("This job has ended already; there is nothing left to cancel.")


def retry(job: Job, *, at: datetime) -> None:
    """Three tries more for a job that has failed; it goes on from what it wrote."""
    failed = Job.objects.filter(pk=job.pk, state=State.FAILED)
    try:
        with transaction.atomic():
            is_ours = failed.update(
                state=State.QUEUED, tries=0, run_at=at, rung_at=at, finished_at=None
            )
    except IntegrityError:
        raise NotFailed(
            _("The same work was asked for again meanwhile and is not done yet.")
        ) from None
    if not is_ours:
        raise NotFailed(_("This job has not failed, or somebody has started it again already."))
    transaction.on_commit(partial(ring, job.pk, job.kind))


def sweep(*, at: datetime) -> int:
    """Put back what dead workers left, ring for what waits; returns how many were rung for."""
    dead = Job.objects.filter(state=State.RUNNING, lease_until__lt=at)
    dead.filter(cancel_asked_at__isnull=False).update(
        state=State.CANCELLED, finished_at=at, lease_until=None
    )
    uncancelled = dead.filter(cancel_asked_at__isnull=True)
    given_up = uncancelled.filter(tries__gte=TRIES)
    for job in given_up:
        with notices.ending(job, at=at):
            given_up.filter(pk=job.pk).update(
                state=State.FAILED,
                finished_at=at,
                lease_until=None,
                error="The worker died each time this job was tried.",
            )
    uncancelled.filter(tries__lt=TRIES).update(
        state=State.QUEUED, run_at=at, rung_at=None, lease_until=None
    )
    unheard = Job.objects.unheard(at).values_list("pk", "kind")[:200]
    rung = [pk for pk, kind in {**dict(unheard), **_lost(at)}.items() if ring(pk, kind)]
    Job.objects.filter(pk__in=rung).update(rung_at=at)
    return len(rung)


def _lost(at: datetime) -> dict[int, str]:
    """The oldest that wait for a worker that lives, and takes none or only younger ones.

    Their bells were lost with a broker that was restarted; who has waited long would not be rung
    for again soon.
    """
    alive = Pulse.objects.filter(seen_at__gt=at - SILENCE).values_list("queues", flat=True)
    taken = {name for queues in alive for name in queues.split()}
    return {pk: kind for name in sorted(taken) for pk, kind in _lost_of(name, at)}


def _lost_of(queue: str, at: datetime) -> list[tuple[int, str]]:
    rows = Job.objects.filter(kind__in=kinds_of(queue))
    waiting = rows.filter(state=State.QUEUED, run_at__lte=at, rung_at__lte=at - QUIET)
    oldest = list(waiting.order_by("run_at", "pk").values_list("pk", "kind", "run_at")[:FEW])
    if not oldest:
        return []
    in_turn = rows.filter(started_at__gt=at - QUIET, run_at__lte=oldest[0][2])
    return [] if in_turn.exists() else [(pk, kind) for pk, kind, _run_at in oldest]
