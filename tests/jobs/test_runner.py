from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from partnership.jobs import runner, services
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.logs import request_id
from partnership.lib.storage import StoreSilent
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 8
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.01)


def ran(job: Job) -> Job:
    runner.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_is_run_to_its_end_and_keeps_its_result(handle):
    handle(lambda steps: {"payload": steps.payload})

    job = ran(JobFactory(payload={"rows": 3}))

    assert (job.state, job.result, job.tries) == ("done", {"payload": {"rows": 3}}, 1)


def test_a_second_message_for_the_same_job_runs_nothing(handle):
    calls = []
    handle(calls.append)
    job = ran(JobFactory())

    runner.run(job.pk)

    assert len(calls) == 1


def test_a_job_that_is_resumed_starts_where_the_last_try_stopped():
    job = JobFactory(payload={"steps": 4, "pause": 0}, done=3, total=4)

    assert ran(job).result == {"counted": 4, "resumed_at": 3}


def test_each_step_is_there_to_be_read_while_the_job_runs(handle):
    seen = []

    def work(steps):
        for number in (1, 2):
            steps.step(number, 2, f"Read {number} of 2")
            seen.append(Job.objects.values_list("done", "total", "sentence").get())

    handle(work)
    ran(JobFactory())

    assert seen == [(1, 2, "Read 1 of 2"), (2, 2, "Read 2 of 2")]


def test_a_try_that_fails_says_why_and_is_put_back(handle, caplog):
    def work(steps):
        raise ValueError("row 7 has no date")

    handle(work)
    job = ran(JobFactory())

    assert (job.state, job.error, job.tries) == ("queued", "ValueError: row 7 has no date", 1)
    assert caplog.messages == [f"job {job} failed"]


@pytest.mark.django_db(transaction=True)
def test_a_step_beyond_the_total_fails_the_try_and_not_the_worker(handle, caplog):
    handle(lambda steps: steps.step(3, 2))

    job = ran(JobFactory())

    assert (job.state, job.done, job.error.partition(":")[0]) == (
        "queued",
        0,
        "django.db.utils.IntegrityError",
    )


@pytest.mark.django_db(transaction=True)
def test_a_result_that_no_column_can_keep_fails_the_try(handle, caplog):
    handle(lambda steps: {"rows": {1, 2}})

    job = ran(JobFactory())

    assert (job.state, job.error) == (
        "queued",
        "TypeError: Object of type set is not JSON serializable",
    )


def test_a_cancelled_job_stops_at_its_next_step(handle):
    reached = []

    def work(steps):
        services.cancel(Job.objects.get(), at=Job.objects.get().started_at)
        steps.step(1, 2)
        reached.append("after the step")

    handle(work)
    job = ran(JobFactory())

    assert (job.state, job.done, reached) == ("cancelled", 0, [])


def test_a_worker_that_lost_its_job_stops_and_leaves_it_to_the_other(handle):
    def work(steps):
        Job.objects.update(fence=7)
        steps.step(1, 2)

    handle(work)
    job = ran(JobFactory())

    assert (job.state, job.fence, job.done) == ("running", 7, 0)


def test_a_kind_that_nobody_knows_ends_at_once_with_a_sentence(caplog):
    job = ran(JobFactory(kind="jobs.unheard"))

    assert (job.state, job.tries, job.error) == (
        "failed",
        1,
        "This site knows no job of the kind 'jobs.unheard'.",
    )
    assert caplog.messages == []


def test_log_lines_of_a_job_name_it(handle):
    seen = []
    handle(lambda steps: seen.append(request_id.get()))

    job = ran(JobFactory())

    assert (seen, request_id.get()) == ([f"job-{job.uuid}"], "-")


@pytest.mark.django_db(transaction=True)
def test_the_worker_beats_while_the_handler_is_between_two_steps(handle, monkeypatch):
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0.02)

    def work(steps):
        lease = Job.objects.get().lease_until
        until(lambda: Job.objects.get().lease_until > lease)

    handle(work)

    assert ran(JobFactory()).state == "done"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_for_a_moment_does_not_end_the_beat(handle, monkeypatch, caplog):
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0.02)
    beat, beats = services.beat, []

    def beat_at_the_second_try(job, *, at):
        beats.append(at)
        if len(beats) == 1:
            raise OperationalError("the database system is shutting down")
        return beat(job, at=at)

    monkeypatch.setattr(services, "beat", beat_at_the_second_try)
    handle(lambda steps: until(lambda: len(beats) > 1))

    job = ran(JobFactory())

    assert job.state == "done"
    assert caplog.messages == [f"no beat for job {job} this time"]


@pytest.mark.django_db(transaction=True)
def test_the_beat_of_a_job_that_was_taken_away_ends(handle, monkeypatch):
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0.02)
    beat, beats = services.beat, []
    monkeypatch.setattr(services, "beat", lambda *args, **at: beats.append(beat(*args, **at)))

    def work(steps):
        Job.objects.update(fence=7)
        until(lambda: beats)
        time.sleep(0.1)

    handle(work)
    ran(JobFactory())

    assert beats == [False]
    assert connection.is_usable()


@pytest.mark.parametrize(("hours", "tries"), [(1, 0), (25, 1)])
def test_a_job_waits_for_its_files_and_for_a_day_that_is_no_try(handle, hours, tries):
    def work(steps):
        raise StoreSilent

    handle(work)
    at = clock.now()

    job = ran(JobFactory(created_at=at - timedelta(hours=hours), run_at=at))

    assert (job.state, job.tries, job.lease_until) == ("queued", tries, None)
    assert job.run_at > at + timedelta(seconds=9)
    assert "The store of files does not answer" in job.error
