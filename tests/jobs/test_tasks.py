from __future__ import annotations

import pytest

from partnership.jobs.tasks import run_job, sweep
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


def test_the_same_message_three_times_is_one_run(handle):
    runs = []
    handle(lambda steps: runs.append(steps.payload))
    job = JobFactory()

    for _ in range(3):
        run_job(job.pk)

    job.refresh_from_db()
    assert (len(runs), job.state, job.tries) == (1, "done", 1)


def test_a_message_for_a_job_that_is_gone_is_nothing_to_do():
    run_job(1)


def test_two_beats_ring_once(bell):
    job = JobFactory()

    assert [sweep(), sweep()] == [1, 0]
    assert bell == [job.pk]
