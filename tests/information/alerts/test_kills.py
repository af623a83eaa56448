"""Workers that die anywhere in a round: every mail once, and every thing told once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from partnership.accounts.models import User
from partnership.celery import app
from partnership.information.alerts import sending, services
from partnership.information.models import Alert, Digest, DigestHit
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from tests.factories.members import CountryFactory
from tests.information.alerts.writing import published

READERS, A_BATCH = 240, 40


class Killed(BaseException):
    """Nobody catches it, as nobody catches SIGKILL; what was not committed is gone."""


class Executioner:
    """Strikes at one statement of the database, before or after it was carried out."""

    def __init__(self, number: int, *, is_after: bool):
        self.left, self.is_after = number, is_after

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0 and not self.is_after:
            raise Killed
        result = execute(sql, params, many, context)
        if self.left == 0:
            raise Killed
        return result


@pytest.fixture
def crowd(db, monkeypatch):
    """Several hundred who follow one country, of which three things are new."""
    monkeypatch.setattr(sending, "BATCH", A_BATCH)
    app.loader.import_default_modules()
    at, country = clock.now(), CountryFactory(iso3="QAA")
    before = at - timedelta(hours=1)
    for _n in range(3):
        published(before, countries=[country])
    people = User.objects.bulk_create(
        User(email=f"p{n}@m.example", name=f"P {n}", password="!") for n in range(READERS)
    )
    since = at - timedelta(days=7)
    Digest.objects.bulk_create(Digest(person=one, since=since, next_at=before) for one in people)
    Alert.objects.bulk_create(
        Alert(person=one, kind="country", key="QAA", since=since) for one in people
    )
    return people


def killed(job: Job, number: int, *, is_after: bool) -> bool:
    """Whether a worker on this job died at this statement; else it came to the end."""
    try:
        with connection.execute_wrapper(Executioner(number, is_after=is_after)):
            runner.run(job.pk)
    except Killed:
        # What the sweep does once the lease is over; the tries are paid by other tests.
        Job.objects.filter(pk=job.pk).update(state="queued", tries=0, lease_until=None)
        return True
    return False


def test_workers_that_die_at_any_statement_write_to_everybody_once(crowd):
    assert services.ring(at=clock.now())
    job, deaths = Job.objects.get(kind=services.ROUND), 0

    # A batch takes about thirty statements: each of them is struck before and after.
    for number in range(2, 44):
        deaths += killed(job, number, is_after=bool(number % 2))
        deaths += killed(job, number + 1, is_after=not number % 2)
    killed(job, 100_000, is_after=False)

    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert deaths > 40
    assert Counter(OutboxMessage.objects.values_list("to", flat=True)) == Counter(
        one.email for one in crowd
    )
    assert DigestHit.objects.count() == 3 * READERS
    assert not Digest.objects.due(clock.now()).exists()
    assert not services.ring(at=clock.now())


def test_a_worker_that_was_thought_dead_writes_nothing_more(crowd):
    services.ring(at=clock.now())
    job = Job.objects.get(kind=services.ROUND)
    slow = runner.services.claim(job.pk, at=clock.now())
    Job.objects.filter(pk=job.pk).update(state="queued", lease_until=None)
    runner.run(job.pk)
    Digest.objects.update(next_at=clock.now() - timedelta(hours=2))
    DigestHit.objects.all().delete()

    with pytest.raises(runner.Taken), transaction.atomic():
        sending.go_round(runner.Progress(slow), at=clock.now())

    assert OutboxMessage.objects.count() == READERS


def test_whoever_chose_anew_while_a_mail_was_written_keeps_the_choice(crowd, monkeypatch):
    first, real = Digest.objects.order_by("pk").first(), sending.batch

    def read_and_changed(at, most):
        found = real(at, most)
        if found.boxes and found.boxes[0].digest.pk == first.pk:
            services.choose(first.person, "none", at=at)
        return found

    monkeypatch.setattr(sending, "batch", read_and_changed)
    services.ring(at=clock.now())
    runner.run(Job.objects.get(kind=services.ROUND).pk)

    first.refresh_from_db()
    assert (first.rhythm, first.next_at) == ("none", None)
    assert OutboxMessage.objects.count() == READERS - 1
