"""The one safe writer of CSV and XLSX. A text is never a formula, a number stays a number.

Export, then import, gives the original back. In CSV a text that a spreadsheet would take for a
formula, or that begins with an apostrophe, is written after one apostrophe: a reader takes one
leading apostrophe off each cell. In XLSX the text is stored as text and nothing is put before it;
line ends are written as \\n there, characters that XML cannot hold are left out, `_x0041_` is
escaped as the format asks (`_x005F_x0041_`), and an empty text is an empty cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import Any

from partnership.lib.errors import Refusal
from partnership.lib.sheets.limits import FORMULA

MAX_ROWS = 100_000
MOST_LETTERS = 32_767
MOST_DIGITS = 15
LONGEST_TITLE = 31
CHUNK = 65_536

BOM = b"\xef\xbb\xbf"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_TITLES = re.compile(r"[\x00-\x1f\ufffe\uffff\[\]:*?/\\]+")
# Before this day Excel counts days otherwise, or not at all.
FIRST_DAY = date(1900, 3, 1)

Row = Sequence[Any]


class TooManyRows(Refusal):
    """A sheet that were cut would look whole: ask for fewer rows."""

    code = "too_many_rows"

    def __init__(self) -> None:
        super().__init__(
            f"A sheet holds at most {MAX_ROWS:,} rows and this list has more: use its filters."
        )


def refuse_too_many(count: int) -> None:
    """To be asked before the first byte is sent; the writers only break off."""
    if count > MAX_ROWS:
        raise TooManyRows


def write_csv(columns: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """UTF-8 with the mark by which spreadsheets know it, lines as RFC 4180 has them."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    yield BOM
    for row in chain([columns], _counted(rows)):
        writer.writerow([_csv_cell(_plain(value)) for value in row])
        if page.tell() >= CHUNK:
            yield _taken(page)
    yield _taken(page)


def write_xlsx(title: str, columns: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """A workbook of one sheet. It is finished on disk before its first bytes are sent."""
    # Slow to import, and most processes never write a workbook.
    from openpyxl import Workbook  # noqa: PLC0415

    with TemporaryFile() as file:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet(sheet_title(title))
        sheet.freeze_panes = "A2"
        try:
            for row in chain([columns], _counted(rows)):
                sheet.append([_xlsx_cell(sheet, _plain(value)) for value in row])
        finally:
            # Only saving removes openpyxl's own file, so what failed is saved too, and thrown away.
            workbook.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(CHUNK), b"")


def sheet_title(title: str) -> str:
    """The title as Excel takes it."""
    allowed = NOT_IN_TITLES.sub(" ", _encodable(title)).strip(" '")
    return _cut(allowed, LONGEST_TITLE).strip(" '") or "Sheet"


def _counted(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            raise TooManyRows
        yield row


def _plain(value: Any) -> Any:
    """Nothing, a bool, a number, a day or a naive time; all else is text."""
    match value:
        case None | bool() | int():
            return value
        case float() | Decimal():
            return value if Decimal(value).is_finite() else str(value)
        case datetime():
            return value if value.tzinfo is None else value.isoformat()
        case date():
            return value
        case time():
            return value.isoformat()
    return _encodable(str(value))


def _encodable(text: str) -> str:
    """A lone surrogate is in no encoding."""
    return text.encode("utf-8", "replace").decode()


def _csv_cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case str():
            return f"'{value}" if value.startswith("'") or FORMULA.match(value) else value
    return str(value)


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    """The value as openpyxl types it, or a cell that is text whatever it looks like."""
    match value:
        case int() | Decimal() if not isinstance(value, bool) and not _is_exact(value):
            value = format(value, "f") if isinstance(value, Decimal) else str(value)
        case date() if (value.date() if isinstance(value, datetime) else value) < FIRST_DAY:
            value = value.isoformat()
    if not isinstance(value, str):
        return value
    text = _xml_text(value)
    guarded = FORMULA.match(text) is not None
    if not guarded and not text.startswith("#"):
        return text or None
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = guarded
    return cell


def _is_exact(number: int | Decimal) -> bool:
    """A spreadsheet computes with 15 digits: a longer number would become another one."""
    exact = Decimal(number).normalize()
    return len(exact.as_tuple().digits) <= MOST_DIGITS and abs(exact.adjusted()) < 300


def _xml_text(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return _cut(LOOKS_ESCAPED.sub("_x005F_", NOT_IN_XML.sub("", lines)), MOST_LETTERS)


def _cut(text: str, most: int) -> str:
    """Spreadsheets count in UTF-16. A cut text says so at its end."""
    coded = text.encode("utf-16-le")
    if len(coded) <= 2 * most:
        return text
    return coded[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"
