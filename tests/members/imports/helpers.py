"""Sheets and imports for tests: sent, tried and taken in as a person and a worker would."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from partnership.accounts.models import Role
from partnership.jobs import runner
from partnership.lib import clock
from partnership.lib.sheets import write_csv
from partnership.members.delegations import Delegation
from partnership.members.imports import services
from partnership.members.models import SheetImport
from tests.factories.accounts import person_with

PEOPLE = ["Mail address", "Name", "Country", "Institution", "Job title", "From", "To"]


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> io.BytesIO:
    return io.BytesIO(b"".join(write_csv(columns, rows)))


def sent(
    rows: Iterable[Sequence[Any]],
    *,
    columns: Sequence[str] = PEOPLE,
    kind: str = "people",
    by: Any = None,
    delegation: Delegation | None = None,
    at: datetime | None = None,
) -> SheetImport:
    by = by or person_with(Role.ADMINISTRATOR)
    file = sheet(columns, rows)
    return services.send(
        file, "list.csv", kind=kind, by=by, at=at or clock.now(), delegation=delegation
    )


def work(row: SheetImport) -> SheetImport:
    """What a worker does when it is rung for."""
    row.refresh_from_db()
    assert row.job is not None
    runner.run(row.job.pk)
    row.refresh_from_db()
    return row


def tried(rows: Iterable[Sequence[Any]], **how: Any) -> SheetImport:
    row = sent(rows, **how)
    services.name_columns(row, row.mapping, at=clock.now())
    return work(row)


def taken_in(rows: Iterable[Sequence[Any]], **how: Any) -> SheetImport:
    row = tried(rows, **how)
    services.take_in(row, at=clock.now())
    return work(row)


def verdicts(row: SheetImport) -> dict[int, str]:
    return dict(row.rows.order_by("number").values_list("number", "verdict"))


def problems(row: SheetImport) -> dict[int, list[list[str]]]:
    wrong = row.rows.filter(verdict="wrong").order_by("number")
    return dict(wrong.values_list("number", "problems"))
