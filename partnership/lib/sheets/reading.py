"""The one safe reader of CSV and XLSX: a child process reads, and here its rows arrive.

    with open_sheet(file, "people.csv") as sheet:
        sheet.columns, sheet.encoding
        for row in sheet: ...

Every sheet that is refused is refused with a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.lib.children import Gone, Lines, Silent, child
from partnership.lib.errors import Refusal
from partnership.lib.sheets.limits import Limits
from partnership.lib.storage import copied

__all__ = ["ENCODINGS", "Limits", "Sheet", "SheetRefused", "SheetRow", "open_sheet"]

CHILD = "partnership.lib.sheets.child"
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
ENCODINGS: dict[str, Any] = {
    "utf-8": _("UTF-8"),
    "utf-8-sig": _("UTF-8 with mark"),
    "utf-16-le": _("UTF-16, little end first"),
    "utf-16-be": _("UTF-16, big end first"),
    "cp1252": _("Windows-1252, Western European"),
    "cp1251": _("Windows-1251, Cyrillic"),
    "cp1256": _("Windows-1256, Arabic"),
}
SENTENCES: dict[str, Any] = {
    "suffix": _("Send a CSV or XLSX file: its name ends in .csv, .tsv, .txt or .xlsx."),
    "too_big": _("The file is larger than %(most)s MB. Divide it and send the parts."),
    "no_bytes": _("The file is empty: it holds not one byte."),
    "empty": _("The sheet holds nothing: no row with a text in it was found."),
    "not_text": _(
        "This is not a text file, whatever its name says. Save the sheet as CSV or XLSX."
    ),
    "not_csv": _("The name says CSV, but this is a workbook. Name it .xlsx or save it as CSV."),
    "not_a_workbook": _("The name says XLSX, but this is none. Save the sheet anew as XLSX."),
    "old_or_locked": _(
        "This is a workbook of the old kind (.xls) or one with a password. Save it as XLSX without "
        "a password."
    ),
    "locked": _("The workbook is locked with a password. Save it without."),
    "damaged": _("The workbook is damaged. Open it in a spreadsheet and save it anew as XLSX."),
    "no_sheet": _("The workbook has no sheet that can be seen."),
    "entities": _("The workbook declares entities, which no spreadsheet does. It is not read."),
    "bomb": _("Unpacked the workbook would be very much larger than a list is. It is not read."),
    "too_many_parts": _("The workbook has too many parts for a list. It is not read."),
    "too_wide": _("Row %(row)s is wider than %(most)s columns. Take out what is not needed."),
    "too_many_rows": _("The sheet has more than %(most)s rows. Divide it and send the parts."),
    "too_many_cells": _("The sheet has more than %(most)s cells. Divide it and send the parts."),
    "cell_too_long": _(
        "Row %(row)s holds a cell that is longer than any spreadsheet allows: perhaps a quotation "
        "mark is missing there."
    ),
    "quotes": _("In row %(row)s quotation marks do not match. Correct it and send the file again."),
    "other_encoding": _(
        "Row %(row)s cannot be read in this encoding. Choose another one, or save as UTF-8."
    ),
    "twins": _(
        "Columns %(first)s and %(second)s are both called “%(name)s”. Give each a name of its own."
    ),
    "formula_in_head": _("Row %(row)s names the columns, and one of the names is a formula."),
    "too_slow": _("Reading took too long for a list. Save it anew as CSV or divide it."),
    "too_much": _("Reading took more memory or time than a list needs. Save it anew as CSV."),
}
PROBLEMS: dict[str, Any] = {
    "formula": _("is a formula: paste its value instead"),
    "error_value": _("is an error of the spreadsheet"),
    "beyond": _("stands beyond the last column that has a name"),
    "control": _("holds a character that cannot be printed"),
}


def problem_text(code: str) -> Promise | str:
    """What is wrong with a cell, as the end of a sentence that begins with its place."""
    return PROBLEMS[code]


class SheetRefused(Refusal):
    """The sheet is not read. `code` names the reason, the text says what to do."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(SENTENCES[code] % facts)
        self.code = code


@dataclass(frozen=True)
class SheetRow:
    """A row by the number that a spreadsheet shows, with (column from 0, code) of what is wrong."""

    number: int
    cells: list[str]
    problems: list[tuple[int, str]]


class Sheet:
    """A sheet that is being read. Its rows are there once."""

    def __init__(self, lines: Lines):
        self._lines = lines
        told = self._next()
        self.columns: list[str] = told["columns"]
        self.kind: str = told["head"]["kind"]
        self.encoding: str = told["head"].get("encoding", "")
        self.delimiter: str = told["head"].get("delimiter", "")
        self.title: str = told["head"].get("sheet", "")
        self.sheets = int(told["head"].get("sheets", 1))

    def __iter__(self) -> Iterator[SheetRow]:
        while "rows" in (told := self._next()):
            for number, cells, problems in told["rows"]:
                yield SheetRow(number, cells, [(at, code) for at, code in problems])

    def _next(self) -> dict[str, Any]:
        """What the child says next. One that says nothing for long, or died, was overwhelmed."""
        try:
            told = self._lines.next()
        except Silent:
            raise SheetRefused("too_slow") from None
        except Gone:
            raise SheetRefused("too_much") from None
        if "refused" in told:
            raise SheetRefused(told["refused"], **told["facts"])
        return told


@contextmanager
def open_sheet(
    file: IO[bytes], name: str, *, encoding: str = "", limits: Limits | None = None
) -> Iterator[Sheet]:
    """Read a sheet in a child process. An encoding that is given is used, else one is detected.

    Refuses with SheetRefused, here or at any row.
    """
    limits = limits or Limits()
    suffix = PurePath(name.lower()).suffix
    if suffix not in SUFFIXES:
        raise SheetRefused("suffix")
    asked = {"suffix": suffix, "encoding": encoding, "limits": asdict(limits)}
    with TemporaryFile() as copy:
        if not copied(file, copy, most=limits.bytes):
            raise SheetRefused("too_big", most=limits.bytes // (1024 * 1024))
        with child(CHILD, asked, copy, silence=limits.silence) as lines:
            yield Sheet(lines)
