"""Workers that die at any step, and imports that meet. Each row is taken in once."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from partnership.accounts.models import Role
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.members.imports import journal, queries, services, working
from partnership.members.models import Affiliation, ImportRow, Invitation, SheetImport
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import AffiliationFactory, CountryFactory
from tests.members.imports.helpers import sent, taken_in, tried, work
from tests.members.imports.state import bare, tables
from tests.shared import migrated_file, run_folder
from tests.threads import together


class Killed(BaseException):
    """Nobody catches it, as nobody catches SIGKILL; what was not committed is gone."""


class Executioner:
    """Strikes at one of the places where a worker is about to write, or has just written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.left: int | None = None
        places: list[tuple[Any, str]] = [
            (runner.Progress, "step"),
            (journal, "write"),
            (journal, "put_back"),
            (working, "_keep"),
            (working, "_ended"),
        ]
        for owner, name in places:
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **named: Any) -> Any:
            self.strike()
            result = call(*args, **named)
            self.strike()
            return result

        return watched

    def strike(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed

    def work(self, sheet: SheetImport, after: int) -> None:
        """A worker that dies after so many writes, and the sweep that finds it out."""
        sheet.refresh_from_db()
        assert sheet.job is not None
        self.left = after
        with pytest.raises(Killed):
            runner.run(sheet.job.pk)
        Job.objects.filter(pk=sheet.job.pk).update(tries=1)
        jobs.sweep(at=clock.now() + timedelta(minutes=1))
        Job.objects.filter(pk=sheet.job.pk).update(run_at=clock.now())


def prepared(number: int) -> list[list[str]]:
    """Rows of which a third has an account, and every sixth a post under another title."""
    country = CountryFactory(iso3="QAA")
    for n in range(0, number, 3):
        person = UserFactory(email=f"p{n}@x.example")
        if n % 6 == 0:
            AffiliationFactory(person=person, country=country, title="Before")
    return [[f"p{n}@x.example", f"P {n}", "QAA", "", "Head", "", ""] for n in range(number)]


@pytest.mark.audit
@pytest.mark.django_db
def test_an_import_that_is_killed_again_and_again_ends_like_one_that_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "BATCH", 20)
    rows, draw = prepared(300), random.Random(8)
    by = person_with(Role.ADMINISTRATOR)
    before = tables()
    whole = taken_in(rows, by=by)
    wanted = bare()
    services.take_back(whole, by=by, at=clock.now())
    work(whole)
    SheetImport.objects.all().delete()
    clear_mails()

    executioner = Executioner(monkeypatch)
    sheet = sent(rows, by=by)
    services.name_columns(sheet, sheet.mapping, at=clock.now())
    for _ in range(4):
        executioner.work(sheet, draw.randrange(8))
    work(sheet)
    services.take_in(sheet, at=clock.now())
    for _ in range(8):
        executioner.work(sheet, draw.randrange(8))
    assert work(sheet).state == "done"
    assert bare() == wanted

    services.take_back(sheet, by=by, at=clock.now())
    for _ in range(4):
        executioner.work(sheet, draw.randrange(8))
    assert work(sheet).state == "undone"
    assert tables() == before


def clear_mails() -> None:
    from partnership.mail.models import OutboxMessage

    OutboxMessage.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("after", range(7))
def test_wherever_a_worker_dies_no_row_is_half_taken_in(
    monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(working, "BATCH", 4)
    sheet = tried(prepared(8))
    services.take_in(sheet, at=clock.now())
    Executioner(monkeypatch).work(sheet, after)
    taken = sheet.rows.exclude(applied_at=None)
    assert taken.count() in (0, 4, 8)
    assert sheet.changes.values("row").distinct().count() == taken.count()
    assert Invitation.objects.count() == taken.filter(changes__how__1="invitation").count()
    assert work(sheet).state == "done"
    assert sheet.rows.exclude(applied_at=None).count() == 8


@pytest.mark.django_db
def test_a_worker_that_was_thought_dead_writes_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "BATCH", 2)
    sheet = tried(prepared(6))
    services.take_in(sheet, at=clock.now())
    sheet.refresh_from_db()
    late = jobs.claim(sheet.job.pk, at=clock.now())
    jobs.sweep(at=clock.now() + timedelta(minutes=1))
    Job.objects.filter(pk=sheet.job.pk).update(run_at=clock.now())
    work(sheet)
    counts = queries.counted(sheet)
    with pytest.raises(runner.Taken):
        working_late(late, sheet)
    assert queries.counted(sheet) == counts
    assert counts["applied"] == 6


def working_late(job: Job, sheet: SheetImport) -> None:
    SheetImport.objects.filter(pk=sheet.pk).update(state="running")
    working.take_in(runner.Progress(job), at=clock.now())


@pytest.mark.django_db
def test_an_import_that_was_stopped_can_go_on_or_be_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "BATCH", 2)
    rows = prepared(6)
    before = tables()
    sheet = tried(rows, by=person_with(Role.ADMINISTRATOR))
    services.take_in(sheet, at=clock.now())
    Executioner(monkeypatch).work(sheet, 5)
    sheet.refresh_from_db()
    jobs.cancel(sheet.job, at=clock.now())
    sheet = SheetImport.objects.get(pk=sheet.pk)
    assert (sheet.state, queries.counted(sheet)["applied"]) == ("running", 2)
    services.go_on(sheet, at=clock.now())
    assert queries.counted(work(sheet))["applied"] == 6
    services.take_back(sheet, by=sheet.by, at=clock.now())
    work(sheet)
    after = tables()
    assert {name for name in after if after[name] != before[name]} == {
        "partnership.User",
        "partnership.RoleGrant",
    }


@pytest.mark.django_db
def test_of_two_imports_of_one_file_the_second_finds_everything_the_same() -> None:
    rows, by = prepared(12), person_with(Role.ADMINISTRATOR)
    first, second = tried(rows, by=by), tried(rows, by=by)
    for sheet in (first, second):
        services.take_in(sheet, at=clock.now())
    work(first)
    work(second)
    assert queries.counted(first)["applied"] == 12
    assert queries.counted(second) == {"new": 0, "changed": 0, "same": 12, "wrong": 0, "applied": 0}


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_the_same_moment_double_nothing() -> None:
    rows, by = prepared(30), person_with(Role.ADMINISTRATOR)
    imports = [tried(rows, by=by), tried(rows, by=by)]
    for sheet in imports:
        services.take_in(sheet, at=clock.now())
        sheet.refresh_from_db()
    together(*(partial(runner.run, sheet.job.pk) for sheet in imports))
    taken = ImportRow.objects.exclude(applied_at=None).values_list("number", flat=True)
    assert sorted(taken) == list(range(2, 32))
    assert Affiliation.objects.count() == 10
    assert Invitation.objects.count() == 20
    assert {sheet.state for sheet in SheetImport.objects.all()} == {"done"}


@pytest.mark.audit
def test_real_workers_that_are_killed_leave_what_one_that_lives_leaves(
    tmp_path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Processes and SIGKILL, on a file of its own; the same with ten thousand rows is by hand."""
    shutil.copyfile(migrated_file(run_folder(tmp_path_factory)), tmp_path / "a.sqlite3")
    where = {"DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}", "REDIS_URL": ""}
    where |= {"PARTNERSHIP_VAR": str(tmp_path), "PARTNERSHIP_ENV": "test"}
    argv = [sys.executable, "-m", "tests.members.imports.bulk", "300", "4"]
    done = subprocess.run(
        argv, env={**os.environ, **where}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the killed run left what the whole run left: True" in done.stdout
