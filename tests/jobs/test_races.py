from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from partnership.jobs import runner, services
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.jobs import START, JobFactory
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_workers_one_claims_a_job():
    job = JobFactory()

    claims = together(*[partial(services.claim, job.pk, at=START)] * 6)

    assert [claim.fence for claim in claims if claim] == [1]
    job.refresh_from_db()
    assert (job.fence, job.tries) == (1, 1)


def test_one_message_delivered_to_many_workers_is_one_run(handle):
    runs = []
    handle(lambda steps: runs.append(steps.payload))
    job = JobFactory()

    together(*[partial(runner.run, job.pk)] * 4)

    assert runs == [{}]
    assert Job.objects.values_list("state", "tries").get() == ("done", 1)


def test_of_many_who_ask_at_once_all_get_the_one_live_job(bell):
    jobs = together(*[partial(services.enqueue, "jobs.trial", at=START, key="a")] * 6)

    assert {job.pk for job in jobs} == {Job.objects.get().pk}
    assert bell == [Job.objects.get().pk]


def test_two_sweeps_put_a_dead_workers_job_back_once(bell):
    JobFactory(running=True)
    later = START.replace(minute=5)

    together(*[partial(services.sweep, at=later)] * 2)

    assert Job.objects.values_list("state", "fence", "tries").get() == ("queued", 1, 1)


def test_a_job_that_is_cancelled_while_it_is_claimed_is_never_done(bell):
    for _ in range(5):
        job = JobFactory()

        claimed, _ = together(
            partial(services.claim, job.pk, at=START), partial(services.cancel, job, at=START)
        )

        job.refresh_from_db()
        assert job.state == ("running" if claimed else "cancelled")
        assert job.cancel_asked_at == START


def test_a_finish_and_a_sweep_at_once_leave_one_outcome(bell):
    for _ in range(5):
        job = services.claim(JobFactory().pk, at=START)
        later = START.replace(minute=5)

        is_finished, _ = together(
            partial(services.finish, job, result={}, at=later), partial(services.sweep, at=later)
        )

        job.refresh_from_db()
        assert job.state == ("done" if is_finished else "queued")


def test_of_two_last_jobs_that_end_at_once_one_tells_of_both(handle):
    together_at_the_end = Barrier(2)
    handle(lambda steps: together_at_the_end.wait(timeout=20) and None)
    for _ in range(5):
        person, asked = UserFactory(), clock.now() - timedelta(minutes=2)
        jobs = JobFactory.create_batch(2, requested_by=person, created_at=asked)

        together(*(partial(runner.run, job.pk) for job in jobs))

        mail = OutboxMessage.objects.get(to=person.email)
        assert "2 times" in mail.body
