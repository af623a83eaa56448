"""What the pages of imports show, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import Count
from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal
from partnership.lib.sheets import open_sheet
from partnership.members.imports.columns import FIELDS, values_of
from partnership.members.imports.refusals import NotNow
from partnership.members.models import ImportChange, ImportRow, SheetImport
from partnership.members.models.imports import UNDO_FOR

PREVIEWED = 8
KEPT_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A row as a page shows it, its fields by the names that people read."""

    row: ImportRow
    title: str
    values: list[tuple[str, str]]
    changes: list[tuple[str, Any, Any]]
    problems: list[tuple[str, str]]
    how: str  # "line" or "invitation", of a new person
    noticed: str  # what to look at before it is taken in


@contextmanager
def opened(sheet: SheetImport) -> Iterator[IO[bytes]]:
    """The file of an import. Refuses NotNow where it went with a person who was erased."""
    if not sheet.key:
        raise NotNow(_("The file of this import is gone: somebody in it was erased. Send it anew."))
    with default_storage.open(sheet.key) as file:
        yield file


def counted(sheet: SheetImport) -> dict[str, int]:
    """How many rows there are of each verdict, and how many were taken in."""
    counts = dict.fromkeys([*ImportRow.Verdict.values, "applied"], 0)
    found = sheet.rows.order_by().values("verdict")
    for line in found.annotate(n=Count("pk"), taken=Count("applied_at")):
        counts[line["verdict"]] = line["n"]
        counts["applied"] += line["taken"]
    return counts


def preview(sheet: SheetImport) -> dict[str, Any]:
    """The first rows as they are read now, or why they cannot be."""
    try:
        with (
            opened(sheet) as file,
            open_sheet(file, sheet.name, encoding=sheet.encoding) as found,
        ):
            return {"rows": list(islice(found, PREVIEWED)), "sheets": found.sheets}
    except (Refusal, OSError) as error:
        return {"rows": [], "unread": str(error)}


def shown(sheet: SheetImport, row: ImportRow) -> Line:
    labels = {field.name: str(field.label) for field in FIELDS[sheet.kind]}
    values = values_of(row.cells, sheet.mapping)
    told = [(labels[name], value) for name, value in values.items() if value]
    return Line(
        row=row,
        title=told[0][1] if told else "",
        values=told[1:],
        changes=[
            (labels[name], old, new) for name, (old, new) in row.changes.items() if name in labels
        ],
        problems=[(labels.get(name, ""), text) for name, text in row.problems],
        how=row.changes.get("how", ["", ""])[1],
        noticed=row.changes.get("noticed", ["", ""])[1],
    )


def problem_text(sheet: SheetImport, row: ImportRow) -> str:
    """What is wrong with a row, on one line."""
    found = shown(sheet, row).problems
    return " ".join(f"{label}: {text}" if label else text for label, text in found)


def kept(sheet: SheetImport) -> list[ImportChange]:
    """What could not be taken back, with the reason."""
    if sheet.state != SheetImport.State.UNDONE:
        return []
    rows = ImportChange.objects.filter(sheet_import=sheet).exclude(kept_because="")
    return list(rows.select_related("row").order_by("row__number")[:KEPT_SHOWN])


def undo_until(sheet: SheetImport) -> datetime | None:
    return sheet.done_at + UNDO_FOR if sheet.done_at else None
