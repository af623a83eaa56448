"""Ten thousand people, measured by hand: a whole run, a run killed again and again, the undo.

    python -m tests.services sqlite python -m tests.members.imports.bulk 10000 20
    python -m tests.services all python -m tests.members.imports.bulk 10000 20

Workers are processes of their own that are ended with SIGKILL at random moments. What the killed
run leaves is compared, table by table, with what the other left; then it is taken back.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from datetime import date
from multiprocessing.process import BaseProcess

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


class Struck:
    """How many workers were killed before they were done, and how long they live without that."""

    number = 0
    longest = 0.0


def main(number: int, kills: int) -> None:
    django.setup()
    from django.core.management import call_command

    make_database()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    # Workers are forks: what they need is there before the first one.
    from partnership.members.imports import tasks  # noqa: F401

    whole = measured(number, 0)
    killed = measured(number, kills)
    say("the killed run left what the whole run left:", whole == killed)
    sys.exit(whole != killed)


def say(*told: object, end: str = "\n") -> None:
    sys.stdout.write(" ".join(map(str, told)) + end)
    sys.stdout.flush()


def make_database() -> None:
    """On a server: the cluster of the tests comes without any."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")


def rows_of(number: int, first: int = 0) -> list[list[str]]:
    """Every fifth has an account; of these every second holds the post under another title."""
    countries = ("QAA", "QAB", "QAC")
    return [
        [f"p{n}@m.example", f"Person {n}", countries[n % 3], "", f"Officer {n % 40}", "", ""]
        for n in range(first, first + number)
    ]


def prepared(number: int) -> object:
    from partnership.accounts.models import Role, User
    from partnership.members.models import Affiliation
    from tests.factories.accounts import person_with
    from tests.factories.members import CountryFactory

    places = [CountryFactory(iso3=code) for code in ("QAA", "QAB", "QAC")]
    chosen = range(0, number, 5)
    User.objects.bulk_create(
        User(email=f"p{n}@m.example", name=f"Person {n}", password="!") for n in chosen
    )
    people = dict(User.objects.values_list("email", "pk"))
    Affiliation.objects.bulk_create(
        Affiliation(
            person_id=people[f"p{n}@m.example"],
            country=places[n % 3],
            title="Before",
            begins_on=date(2020, 1, 1),
        )
        for n in range(0, number, 10)
    )
    return person_with(Role.ADMINISTRATOR)


def measured(number: int, kills: int) -> dict[str, object]:
    """One run on an emptied database; what it left, without keys and times."""
    from tests.members.imports.state import bare, tables

    empty()
    Struck.number = 0
    by = prepared(number)
    before = tables()
    row, seconds, memory = run(number, kills, by)
    left = bare()
    say(
        f"{number} rows, {Struck.number} workers killed: {seconds:.1f} s,",
        f"a worker took at most {memory} MB",
        row,
    )
    started = time.monotonic()
    undone(kills)
    say(f"  taken back in {time.monotonic() - started:.1f} s;", end=" ")
    after = tables()
    differing = [name for name, rows in after.items() if rows != before[name]]
    say("tables that are not as before:", differing or "none")
    assert not differing
    return left


def empty() -> None:
    from django.db import connection

    from partnership.accounts.models import User
    from partnership.jobs.models import Job
    from partnership.mail.models import OutboxMessage
    from partnership.members.models import Affiliation, Invitation, SheetImport

    for model in (SheetImport, Invitation, Affiliation, OutboxMessage, Job, User):
        model._base_manager.all().delete()
    connection.close()


def run(number: int, kills: int, by: object, first: int = 0) -> tuple[object, float, int]:
    from partnership.lib import clock
    from partnership.members.imports import queries, services
    from tests.members.imports.helpers import sent

    started = time.monotonic()
    row = sent(rows_of(number, first), by=by)
    services.name_columns(row, row.mapping, at=clock.now())
    seconds = until_done(row, kills // 4)
    row.refresh_from_db()
    services.take_in(row, at=clock.now())
    seconds += until_done(row, kills - kills // 4)
    row.refresh_from_db()
    say(f"  of that workers {seconds:.1f} s")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return queries.counted(row), time.monotonic() - started, memory


def undone(kills: int) -> None:
    from partnership.lib import clock
    from partnership.members.imports import services
    from partnership.members.models import SheetImport

    row = SheetImport.objects.get()
    services.take_back(row, by=row.by, at=clock.now())
    until_done(row, kills // 4)


def until_done(row: object, kills: int) -> float:
    """Workers one after the other, each killed at a random moment, and a last one that ends."""
    from partnership.jobs.models import Job

    row.refresh_from_db()  # type: ignore[attr-defined]
    job: Job = row.job  # type: ignore[attr-defined]
    spent = 0.0
    for turn in range(200):
        started = time.monotonic()
        worker = worker_on(job.pk)
        if turn < kills:
            # So that all of them fall into the time that the work takes.
            time.sleep(random.random() * 2 * Struck.longest / kills)
            worker.kill()
        worker.join()
        Struck.number += worker.exitcode == -signal.SIGKILL
        spent += time.monotonic() - started
        job.refresh_from_db()
        if not job.is_live:
            assert job.state == "done", job.error
            Struck.longest = max(Struck.longest, spent / (turn + 1))
            return spent
        # What the sweep does once the lease is over; the tries are paid by other tests.
        Job.objects.filter(pk=job.pk).update(state="queued", tries=0, lease_until=None)
    raise AssertionError("never done")


def worker_on(job: int) -> BaseProcess:
    """A process of its own, on a connection of its own, that does this job."""
    from django.db import connection

    from partnership.jobs import runner

    connection.close()
    worker = multiprocessing.get_context("fork").Process(target=runner.run, args=[job])
    worker.start()
    return worker


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
