"""What has failed is tried again, and how long a job takes still."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.jobs import services
from partnership.jobs.services import NotFailed
from tests.factories.jobs import START, JobFactory

pytestmark = pytest.mark.django_db


def after(seconds: float):
    return START + timedelta(seconds=seconds)


def test_what_failed_gets_three_tries_more_and_goes_on_where_it_was(
    bell, django_capture_on_commit_callbacks
):
    job = JobFactory(state="failed", finished_at=START, tries=3, done=4, total=9, error="gone")

    with django_capture_on_commit_callbacks(execute=True):
        services.retry(job, at=after(60))

    job.refresh_from_db()
    assert (job.state, job.tries, job.done, job.run_at) == ("queued", 0, 4, after(60))
    assert job.finished_at is None
    assert bell == [job.pk]


@pytest.mark.parametrize("state", ["done", "cancelled", "queued"])
def test_nothing_else_is_tried_again(state):
    job = JobFactory(state=state, finished_at=None if state == "queued" else START)

    with pytest.raises(NotFailed):
        services.retry(job, at=after(60))


def test_the_same_work_is_not_tried_beside_one_that_is_live():
    job = JobFactory(key="a", state="failed", finished_at=START)
    JobFactory(key="a")

    with pytest.raises(NotFailed):
        services.retry(job, at=after(60))


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"done": 25, "total": 100}, timedelta(seconds=180)),
        ({"done": 0, "total": 100}, None),
        ({"done": 3, "total": None}, None),
        ({"done": 25, "total": 100, "tries": 2}, None),
    ],
    ids=str,
)
def test_the_time_that_is_left_is_judged_by_the_steps_of_a_first_try(fields, left):
    assert JobFactory(running=True, **fields).left(after(60)) == left


def test_of_a_job_that_waits_nobody_knows_how_long_it_takes():
    assert JobFactory(done=2, total=4).left(after(60)) is None
