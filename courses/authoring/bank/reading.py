"""The one way in which a stranger's questions are read: in a child process, or as a sheet.

Whatever the file is, this comes back in time, with a report that tells what was read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from courses.authoring.bank import tabular
from courses.authoring.bank.packing import unpacked_report
from courses.quizzes.exchange.opening import MEGABYTE, MOST_XML
from courses.quizzes.exchange.report import Report, refused
from partnership.lib.children import has_told
from partnership.lib.sheets import Limits, SheetRefused, open_sheet
from partnership.lib.storage import copied

CHILD = "courses.authoring.bank.child"
MEMORY, SECONDS = 512, 5
# Of a workbook: as many rows as two thousand questions have lines.
SHEET = Limits(rows=40_000, columns=40, cells=400_000, seconds=15)


@dataclass(frozen=True)
class Reading:
    """The format that the file was read in, and what became of each question."""

    form: str
    report: Report


def read(file: IO[bytes], name: str, *, form: str, language: str) -> Reading:
    if form == "xlsx":
        return Reading(form, _sheet(file, name, language))
    asked = {"form": form, "language": language, "memory": MEMORY, "seconds": SECONDS}
    with TemporaryFile() as copy:
        if not copied(file, copy, most=MOST_XML):
            return Reading(form or "pasted", refused("too_big", most=MOST_XML // MEGABYTE))
        told = _told(asked, copy)
    if told is None or "refused" in told:
        return Reading(form or "pasted", refused("too_much"))
    return Reading(told["form"], unpacked_report(told))


def _told(asked: dict[str, Any], copy: IO[bytes]) -> dict[str, Any] | None:
    """What the child says; nothing when it died or took too long."""
    with TemporaryFile() as answer:
        if not has_told(CHILD, asked, copy, answer, patience=SECONDS):
            return None
        line = answer.read()
    if not line.endswith(b"\n"):
        return None
    told: dict[str, Any] = json.loads(line)
    return told


def _sheet(file: IO[bytes], name: str, language: str) -> Report:
    try:
        with open_sheet(file, name, limits=SHEET) as sheet:
            return tabular.read(sheet.columns, sheet, language=language)
    except SheetRefused as refusal:
        return refused("sheet", why=str(refusal).rstrip("."))
