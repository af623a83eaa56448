from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.jobs import notices, runner, services
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


def batch(*spans: tuple[float, float | None]) -> list[Job]:
    """Jobs of one person, each asked for and ended so many seconds after the start."""
    person = UserFactory()
    return [
        JobFactory(
            kind="search.rebuild",
            requested_by=person,
            created_at=START + timedelta(seconds=asked),
            state=State.QUEUED if over is None else State.DONE,
            finished_at=None if over is None else START + timedelta(seconds=over),
        )
        for asked, over in spans
    ]


def test_what_was_asked_for_together_ends_with_one_mail():
    first, second, last = batch((0, 70), (0, 80), (0, None))
    for job in (first, second):
        assert notices.tell_the_end(job.pk, at=START) is False

    Job.objects.filter(pk=last.pk).update(
        state=State.FAILED, finished_at=START + timedelta(seconds=90)
    )
    assert notices.tell_the_end(last.pk, at=START) is True

    mail = OutboxMessage.objects.get()
    assert mail.subject == "Done in part: Search index"
    assert "since 2 January 2026, 09:00 UTC has ended: Search index, 3 times." in mail.body
    assert "Not done: 1 of 3, each after three tries." in mail.body


@pytest.mark.parametrize(
    ("spans", "times"),
    [
        # The last one was short, and came while long ones waited.
        ([(0, 100), (60, 95), (90, 110)], "3 times"),
        # One after another: the first had been told of.
        ([(0, 70), (80, 150)], ""),
        # Each was short, but never was nothing waiting: whoever asked has looked on.
        ([(0, 50), (40, 90), (80, 120)], None),
    ],
    ids=["a short one ends a long row", "a row that is over", "only short ones"],
)
def test_of_a_row_of_jobs_those_count_that_waited_since_none_did(spans, times):
    jobs = batch(*spans)

    assert notices.tell_the_end(jobs[-1].pk, at=START) is (times is not None)
    mails = list(OutboxMessage.objects.values_list("body", flat=True))
    assert all(times in body and ("times" in body) is bool(times) for body in mails)


def test_others_work_and_work_of_another_kind_hold_no_mail_back():
    (job,) = batch((0, 70))
    JobFactory(kind="search.rebuild", requested_by=UserFactory())
    JobFactory(kind="jobs.trial", requested_by=job.requested_by)

    assert notices.tell_the_end(job.pk, at=START) is True
    assert "times" not in OutboxMessage.objects.get().body


def test_whose_job_is_given_up_after_three_dead_workers_is_told():
    JobFactory(running=True, tries=3, requested_by=UserFactory())

    services.sweep(at=START + timedelta(minutes=5))

    assert OutboxMessage.objects.get().subject.startswith("Not done: ")


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
