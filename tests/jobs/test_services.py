from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from partnership.jobs import services
from partnership.jobs.models import Job
from partnership.jobs.services import Breaker, JobFinished
from partnership.jobs.tasks import run_job
from tests.factories.accounts import UserFactory
from tests.factories.jobs import START, JobFactory

pytestmark = pytest.mark.django_db


def after(seconds: float):
    return START + timedelta(seconds=seconds)


def shown(job: Job, *names: str) -> tuple:
    job.refresh_from_db()
    return tuple(getattr(job, name) for name in names)


# --- Asking for a job


def test_a_new_job_waits_and_is_rung_for_after_the_commit(bell, django_capture_on_commit_callbacks):
    by = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("jobs.trial", at=START, key="a", payload={"steps": 2}, by=by)
        rung_before_the_commit = list(bell)

    assert (rung_before_the_commit, bell) == ([], [job.pk])
    assert shown(job, "state", "payload", "requested_by", "run_at", "tries") == (
        "queued",
        {"steps": 2},
        by,
        START,
        0,
    )


def test_asking_again_for_a_live_job_gives_that_one(bell, django_capture_on_commit_callbacks):
    first = services.enqueue("jobs.trial", at=START, key="a")
    with django_capture_on_commit_callbacks(execute=True):
        second = services.enqueue("jobs.trial", at=after(1), key="a", payload={"steps": 9})

    assert (second.pk, second.payload, bell) == (first.pk, {}, [])


def test_asking_again_for_a_job_that_ended_gives_a_new_one():
    first = JobFactory(key="a", ended=True)

    assert services.enqueue("jobs.trial", at=START, key="a").pk != first.pk


def test_a_live_job_that_ends_while_we_ask_makes_room_for_ours(monkeypatch):
    earlier = JobFactory(key="a", running=True)
    live = Job.objects.live

    def live_after_the_end():
        services.finish(earlier, result={}, at=after(1))
        return live()

    monkeypatch.setattr(Job.objects, "live", live_after_the_end)

    assert services.enqueue("jobs.trial", at=after(2), key="a").pk != earlier.pk


def test_a_job_that_no_row_can_hold_is_an_error_and_not_another_job(bell):
    JobFactory(key="a", ended=True)

    with pytest.raises(IntegrityError):
        services.enqueue("jobs.trial", at=None, key="a")


# --- Claiming, working, ending


def test_a_claim_raises_the_fence_and_takes_a_lease():
    job = JobFactory(error="The last try went wrong.")

    claimed = services.claim(job.pk, at=START)

    assert claimed is not None
    assert shown(claimed, "state", "fence", "tries", "lease_until", "error") == (
        "running",
        1,
        1,
        after(20),
        "",
    )


@pytest.mark.parametrize("fields", [{"running": True}, {"ended": True}, {"run_at": after(1)}])
def test_only_a_waiting_job_whose_time_has_come_is_claimed(fields):
    assert services.claim(JobFactory(**fields).pk, at=START) is None


def test_a_worker_that_was_thought_dead_writes_nothing_more():
    old = services.claim(JobFactory().pk, at=START)
    services.sweep(at=after(21))
    new = services.claim(old.pk, at=after(21))

    written = [
        services.beat(old, at=after(22)),
        services.progress(old, done=9, total=9, sentence="late", at=after(22)),
        services.finish(old, result={"late": True}, at=after(22)),
        services.close_cancelled(old, at=after(22)),
    ]
    services.fail(old, error="late", at=after(22))

    assert written == [False] * 4
    assert (old.fence, new.fence) == (1, 2)
    assert shown(new, "state", "done", "error", "result", "lease_until") == (
        "running",
        0,
        "",
        {},
        after(41),
    )


def test_a_beat_and_a_step_lengthen_the_lease():
    job = services.claim(JobFactory().pk, at=START)

    assert services.beat(job, at=after(5))
    assert shown(job, "lease_until") == (after(25),)
    assert services.progress(job, done=1, total=3, sentence="one", at=after(6))
    assert shown(job, "lease_until", "done", "total", "sentence") == (after(26), 1, 3, "one")


def test_a_job_is_finished_once():
    job = services.claim(JobFactory().pk, at=START)

    assert services.finish(job, result={"n": 1}, at=after(1))
    assert not services.finish(job, result={"n": 2}, at=after(2))
    assert shown(job, "state", "result", "finished_at") == ("done", {"n": 1}, after(1))


def test_a_job_is_tried_three_times_and_waits_longer_before_each():
    job, seen, at = JobFactory(), [], START
    for _ in range(3):
        claimed = services.claim(job.pk, at=at)
        assert services.claim(job.pk, at=at) is None
        services.fail(claimed, error="ValueError: no such page", at=at)
        state, run_at = shown(job, "state", "run_at")
        seen.append((state, (run_at - at).total_seconds()))
        at = run_at

    assert seen == [("queued", 10), ("queued", 20), ("failed", 0)]
    assert shown(job, "tries", "error") == (3, "ValueError: no such page")


def test_a_fault_that_no_second_try_can_cure_ends_the_job_at_once():
    job = services.claim(JobFactory().pk, at=START)

    services.fail(job, error="There is no such kind.", at=after(1), for_good=True)

    assert shown(job, "state", "finished_at", "error") == (
        "failed",
        after(1),
        "There is no such kind.",
    )


@pytest.mark.parametrize(
    ("error", "kept"), [("cell \0 of \ud800", "cell  of ?"), ("x" * 5_000, "x" * 2_000)]
)
def test_any_reason_can_be_kept(error, kept):
    job = services.claim(JobFactory().pk, at=START)

    services.fail(job, error=error, at=START, for_good=True)

    assert shown(job, "error") == (kept,)


# --- Cancelling


def test_a_waiting_job_is_cancelled_at_once():
    job = JobFactory()

    services.cancel(job, at=after(1))

    assert shown(job, "state", "finished_at") == ("cancelled", after(1))
    assert services.claim(job.pk, at=after(2)) is None


def test_a_running_job_is_cancelled_at_its_next_step():
    job = services.claim(JobFactory().pk, at=START)

    services.cancel(job, at=after(1))

    assert shown(job, "state", "finished_at") == ("running", None)
    assert not services.progress(job, done=1, total=2, sentence="", at=after(2))
    assert services.close_cancelled(job, at=after(2))
    assert shown(job, "state", "finished_at", "lease_until") == ("cancelled", after(2), None)


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_cancelling_a_job_that_ended_is_refused_and_changes_nothing(state):
    job = JobFactory(state=state, finished_at=START)

    with pytest.raises(JobFinished, match="ended already"):
        services.cancel(job, at=after(1))

    assert shown(job, "state", "finished_at", "cancel_asked_at") == (state, START, None)


def test_a_cancelled_job_whose_try_fails_has_no_further_try():
    job = services.claim(JobFactory().pk, at=START)
    services.cancel(job, at=after(1))

    services.fail(job, error="ValueError: no", at=after(2))

    assert shown(job, "state", "finished_at") == ("cancelled", after(2))


# --- The sweep


def test_what_a_dead_worker_left_waits_again_and_is_rung_for(bell):
    job = services.claim(JobFactory(done=2, total=4).pk, at=START)

    assert services.sweep(at=after(20)) == 0
    assert services.sweep(at=after(21)) == 1

    assert bell == [job.pk]
    assert shown(job, "state", "done", "run_at", "rung_at", "lease_until") == (
        "queued",
        2,
        after(21),
        after(21),
        None,
    )


def test_a_living_job_is_never_taken_from_its_worker(bell):
    job = services.claim(JobFactory().pk, at=START)
    for second in range(5, 120, 5):
        services.beat(job, at=after(second))
        services.sweep(at=after(second + 4))

    assert shown(job, "state", "fence", "tries") == ("running", 1, 1)
    assert bell == []


def test_a_job_that_kills_its_worker_is_given_up_after_three_tries(bell):
    job, at = JobFactory(), START
    for _ in range(3):
        services.claim(job.pk, at=at)
        at += timedelta(seconds=21)
        services.sweep(at=at)

    assert shown(job, "state", "tries", "error") == (
        "failed",
        3,
        "The worker died each time this job was tried.",
    )


def test_a_cancelled_job_of_a_dead_worker_stays_cancelled(bell):
    job = services.claim(JobFactory().pk, at=START)
    services.cancel(job, at=after(1))

    services.sweep(at=after(21))

    assert (shown(job, "state", "finished_at"), bell) == (("cancelled", after(21)), [])


def test_a_lost_message_is_rung_again_and_a_second_ring_waits(bell):
    job = JobFactory()
    rung = [services.sweep(at=after(second)) for second in (5, 11, 16, 23)]

    assert rung == [0, 1, 0, 1]
    assert bell == [job.pk, job.pk]


def test_a_job_that_waits_for_its_next_try_is_not_rung_for(bell):
    job = services.claim(JobFactory().pk, at=START)
    services.fail(job, error="ValueError: no", at=START)

    assert [services.sweep(at=after(second)) for second in (9, 10)] == [0, 1]


# --- The bell


def test_a_broker_that_is_down_is_asked_once_and_then_left_alone(monkeypatch, caplog):
    asked = []

    def refuse(args, **options):
        asked.append(args)
        raise ConnectionRefusedError

    monkeypatch.setattr(run_job, "apply_async", refuse)

    assert [services.ring(pk) for pk in (1, 2, 3)] == [False] * 3
    assert asked == [(1,)]
    assert caplog.messages == ["the broker does not answer; the sweep will ring for jobs.run"]

    Breaker.open_until = 0.0
    monkeypatch.setattr(run_job, "apply_async", lambda args, **options: None)
    assert services.ring(1)


def test_a_bell_that_was_not_heard_is_rung_at_the_next_sweep(monkeypatch):
    job = JobFactory(rung_at=None)
    Breaker.open_until = float("inf")

    assert services.sweep(at=after(1)) == 0
    assert shown(job, "rung_at") == (None,)


def test_a_job_that_always_fails_does_not_hold_up_the_others(bell):
    poison, others = JobFactory(key="poison"), JobFactory.create_batch(3)
    at = START
    for _ in range(20):
        at += timedelta(seconds=15)
        services.sweep(at=at)
        for pk in bell[:]:
            if claimed := services.claim(pk, at=at):
                if claimed.pk == poison.pk:
                    services.fail(claimed, error="ValueError: poison", at=at)
                else:
                    services.finish(claimed, result={}, at=at)
        bell.clear()

    assert shown(poison, "state", "tries") == ("failed", 3)
    assert {shown(job, "state", "tries") for job in others} == {("done", 1)}
