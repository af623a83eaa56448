from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.jobs import notices, runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.jobs import START, JobFactory

pytestmark = pytest.mark.django_db

State = Job.State


def ended(seconds: float = 61, **more) -> Job:
    at = START + timedelta(seconds=seconds)
    fields = {"state": State.DONE, "finished_at": at, "requested_by": UserFactory(), **more}
    return JobFactory(kind="search.rebuild", **fields)


def test_who_waited_for_over_a_minute_is_told_once():
    job = ended()

    for _ in range(2):
        notices.tell_the_end(job.pk, at=START)

    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (job.requested_by.email, "Done: Search index")
    assert "2 January 2026, 09:00 UTC is done: Search index." in mail.body
    assert "/account/work/" in mail.body


@pytest.mark.parametrize(
    "job",
    [
        {"seconds": 60},
        {"requested_by": None},
        {"state": State.CANCELLED},
        {"state": State.QUEUED, "finished_at": None},
    ],
    ids=str,
)
def test_who_saw_it_end_or_stopped_it_is_not_told(job):
    assert notices.tell_the_end(ended(**job).pk, at=START) is False
    assert not OutboxMessage.objects.exists()


def test_nobody_is_told_whose_account_is_closed():
    assert not notices.tell_the_end(ended(requested_by=UserFactory(is_active=False)).pk, at=START)


def test_it_is_told_in_the_readers_language():
    notices.tell_the_end(ended(requested_by=UserFactory(language="fr")).pk, at=START)

    assert OutboxMessage.objects.get().subject == "Fait : Index de recherche"


def test_a_run_that_ends_tells_and_one_that_is_tried_again_does_not(handle):
    def broken(steps):
        raise ValueError("no")

    handle(broken)
    job = JobFactory(requested_by=UserFactory(), created_at=clock.now() - timedelta(minutes=5))
    counts = []
    for _ in range(3):
        runner.run(job.pk)
        Job.objects.filter(state=State.QUEUED).update(run_at=START)
        counts.append(OutboxMessage.objects.count())

    assert counts == [0, 0, 1]
    assert OutboxMessage.objects.get().subject.startswith("Not done: ")
