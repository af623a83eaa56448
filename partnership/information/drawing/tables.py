"""XLSX and CSV: each sheet is a page, its rows are lines with tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook

from partnership.information.drawing.limits import Drawing, Limits, Page, Refused
from partnership.information.drawing.office import Package
from partnership.lib.sheets import delimited
from partnership.lib.sheets.limits import Refused as SheetRefused

MOST = Limits().page_letters


def read(file: BinaryIO) -> Drawing:
    begins = file.read(4)
    file.seek(0)
    return _workbook(file) if begins.startswith(b"PK") else _list(file)


def _workbook(file: BinaryIO) -> Drawing:
    Package(file)
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    return Drawing(_sheets(book), len(book.worksheets))


def _sheets(book: Any) -> Iterator[Page]:
    for number, sheet in enumerate(book.worksheets, start=1):
        rows = sheet.iter_rows(values_only=True)
        try:
            text = _joined(_filled(rows))
        except MemoryError:
            raise
        except Exception:
            yield Page(number, heading=sheet.title, problem="page_damaged")
            continue
        yield Page(number, text, sheet.title, problem="" if text else "page_empty")


def _filled(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[str]]:
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        if any(cells):
            yield cells


def _list(file: BinaryIO) -> Drawing:
    csv.field_size_limit(MOST)
    try:
        _head, found = delimited.read(file, "")
        text = _joined(row for _, row, _ in found)
    except SheetRefused:
        raise Refused("damaged") from None
    return Drawing(iter([Page(1, text)]), 1)


def _joined(rows: Iterator[list[str]]) -> str:
    """Lines up to the length of a page; one letter more tells that it was cut."""
    lines, length = [], 0
    for row in rows:
        line = "\t".join(row).rstrip()
        lines.append(line)
        length += len(line) + 1
        if length > MOST:
            break
    return "\n".join(lines)
