"""A morning of many readers, measured by hand: a whole round, and one whose workers are killed.

    python -m tests.services all python -m tests.information.alerts.bulk 5000 20

Every tenth reader has a search of their own, every other one that all have. Workers are processes
of their own that are ended with SIGKILL at random moments; the sweep finds their job by its lease,
as on a site. Afterwards everybody has one mail, and each thing was told once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
COUNTRIES, THINGS = 20, 5


def main(number: int, kills: int) -> None:
    django.setup()
    from django.core.management import call_command

    from tests.members.imports.bulk import make_database

    make_database()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    # Workers are forks: what they need is there before the first one.
    from partnership.celery import app

    app.loader.import_default_modules()
    prepare(number)
    for turn in (0, kills):
        measured(number, turn)


def say(*told: object) -> None:
    sys.stdout.write(" ".join(map(str, told)) + "\n")
    sys.stdout.flush()


def prepare(number: int) -> None:
    """Readers who follow a country and search, and what is new in each country."""
    from partnership.accounts.models import User
    from partnership.information.models import Alert
    from partnership.lib import clock
    from tests.factories.members import CountryFactory
    from tests.information.alerts.writing import findable, published, recorded

    at = clock.now()
    codes = [f"Q{n // 26 + 65:c}{n % 26 + 65:c}" for n in range(COUNTRIES)]
    for code in codes:
        country = CountryFactory(iso3=code)
        for n in range(THINGS):
            recorded(country, at - timedelta(hours=n + 1))
            published(at - timedelta(hours=n + 1), countries=[country])
    for n in range(THINGS):
        findable(f"lamps-{n}", f"Lamps number {n}", at - timedelta(hours=1))
    User.objects.bulk_create(
        User(email=f"p{n}@m.example", name=f"Person {n}", language=("en", "fr")[n % 2])
        for n in range(number)
    )
    since = at - timedelta(days=7)
    people = list(User.objects.filter(email__endswith="@m.example").order_by("pk"))
    for n, person in enumerate(people):
        person.follows = [("country", codes[n % COUNTRIES])]  # type: ignore[attr-defined]
        person.follows.append(("search", "lamps" if n % 10 else f"lamps {n}"))  # type: ignore[attr-defined]
    Alert.objects.bulk_create(
        Alert(person=person, kind=kind, key=key, since=since)
        for person in people
        for kind, key in person.follows  # type: ignore[attr-defined]
    )


def measured(number: int, kills: int) -> None:
    """One morning, and whether everybody has one mail and was told of each thing once."""
    from partnership.accounts.models import User
    from partnership.information.alerts import services
    from partnership.information.models import Digest, DigestHit
    from partnership.jobs.models import Job
    from partnership.lib import clock
    from partnership.mail.models import OutboxMessage

    for model in (Digest, DigestHit, OutboxMessage, Job):
        model._base_manager.all().delete()
    at = clock.now()
    people = User.objects.filter(email__endswith="@m.example")
    Digest.objects.bulk_create(
        Digest(person=one, since=at - timedelta(days=7), next_at=at) for one in people
    )
    services.ring(at=clock.now())
    started = time.monotonic()
    killed, longest = until_done(Job.objects.get(kind=services.ROUND).pk, kills)
    spent = time.monotonic() - started
    to = Counter(OutboxMessage.objects.values_list("to", flat=True))
    expected = Counter(people.values_list("email", flat=True))
    say(f"{number} readers, {killed} workers killed: {spent:.1f} s, {to.total()} mails;")
    told = DigestHit.objects.count()
    say(f"  {told} things told; the job was stuck for {longest:.1f} s at most")
    assert to == expected, "somebody has no mail, or two"
    assert OutboxMessage.objects.values("key").distinct().count() == number


def until_done(job_id: int, kills: int) -> tuple[int, float]:
    """Workers one after the other, and the sweep each second: how many died, the longest halt."""
    from django.db import connection

    from partnership.jobs import services as jobs
    from partnership.jobs.models import Job
    from partnership.lib import clock
    from tests.members.imports.bulk import worker_on

    killed, longest = 0, 0.0
    while True:
        worker = worker_on(job_id)
        if killed < kills:
            worker.join(random.uniform(0.5, 4))
            worker.kill()
        worker.join()
        killed += worker.exitcode == -signal.SIGKILL
        died = time.monotonic()
        connection.close()
        while (job := Job.objects.get(pk=job_id)).state == "running":
            time.sleep(1)
            jobs.sweep(at=clock.now())
        longest = max(longest, time.monotonic() - died)
        if not job.is_live:
            assert job.state == "done", job.error
            return killed, longest
        # Tries are paid by other tests: a job is given up after three.
        Job.objects.filter(pk=job_id).update(tries=0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
