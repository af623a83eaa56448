"""The process in which a sheet is read. It limits itself before it looks at the first byte.

    python -m partnership.lib.sheets.child '{"suffix": ".csv", …}' < sheet

It writes lines of JSON: what the sheet is, then rows, then an end or a refusal. What it meets may
kill it; whoever asked then says that the sheet was too much.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from partnership.lib.limiting import limit_itself
from partnership.lib.sheets import delimited, workbook
from partnership.lib.sheets.limits import Limits, Refused

ROWS_A_LINE = 100
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def main(asked: str) -> None:
    wanted = json.loads(asked)
    limits = Limits(**wanted["limits"])
    limit_itself(memory=limits.memory, seconds=limits.seconds)
    csv.field_size_limit(limits.letters)
    try:
        for line in told(sys.stdin.buffer, wanted["suffix"], wanted["encoding"], limits):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    except Refused as refused:
        say = {"refused": refused.code, "facts": refused.facts}
        sys.stdout.write(json.dumps(say) + "\n")
    except MemoryError:
        sys.stdout.write('{"refused": "too_much", "facts": {}}\n')


def told(file: BinaryIO, suffix: str, encoding: str, limits: Limits) -> Iterator[str]:
    """The lines that are written."""
    head, found = opened(file, suffix, encoding, limits)
    filled = (row for row in found if any(cell.strip() for cell in row[1]))
    first = next(filled, None)
    if first is None:
        raise Refused("empty")
    number, columns, problems = first
    while columns and not columns[-1].strip():
        columns.pop()
    if len(columns) > limits.columns:
        raise Refused("too_wide", row=number, most=limits.columns)
    if problems:
        raise Refused("formula_in_head", row=number)
    _refuse_twins(columns)
    yield json.dumps({"head": head, "columns": [column.strip() for column in columns]})
    rows = _within(filled, len(columns), limits)
    for row in rows:
        yield json.dumps({"rows": list(chain([row], islice(rows, ROWS_A_LINE - 1)))})
    yield '{"end": true}'


def opened(
    file: BinaryIO, suffix: str, encoding: str, limits: Limits
) -> tuple[dict[str, str], Iterator[delimited.Found]]:
    """The sheet, if its content is what its name says."""
    begins = file.read(8)
    file.seek(0)
    if not begins:
        raise Refused("no_bytes")
    if begins.startswith(OLE):
        raise Refused("old_or_locked")
    is_zip = begins.startswith(ZIP)
    if is_zip != (suffix == ".xlsx"):
        raise Refused(
            "not_csv" if is_zip else "not_a_workbook" if suffix == ".xlsx" else "not_text"
        )
    if is_zip:
        return workbook.read(file, limits)
    return delimited.read(file, encoding)


def _refuse_twins(columns: list[str]) -> None:
    """Two columns of one name: nobody can say which is meant."""
    seen: dict[str, int] = {}
    for at, column in enumerate(columns):
        name = " ".join(column.casefold().split())
        if name and name in seen:
            raise Refused("twins", name=column.strip()[:60], first=seen[name] + 1, second=at + 1)
        seen[name] = at


def _within(
    found: Iterator[delimited.Found], width: int, limits: Limits
) -> Iterator[delimited.Found]:
    """Rows as wide as the columns. What stands beyond is told, and not taken."""
    cells = 0
    for count, (number, row, problems) in enumerate(found, 1):
        if count > limits.rows:
            raise Refused("too_many_rows", most=limits.rows)
        if len(row) > limits.columns and any(cell.strip() for cell in row[limits.columns :]):
            raise Refused("too_wide", row=number, most=limits.columns)
        cells += len(row)
        if cells > limits.cells:
            raise Refused("too_many_cells", most=limits.cells)
        beyond = [(at, "beyond") for at in range(width, len(row)) if row[at].strip()]
        own = row[:width] + [""] * (width - len(row))
        odd = [
            (at, "control")
            for at, cell in enumerate(own)
            if not cell.isprintable() and _is_odd(cell)
        ]
        yield number, own, [*problems, *beyond, *odd]


def _is_odd(cell: str) -> bool:
    return any(sign < " " and sign not in "\t\n\r" for sign in cell) or "\ufffe" in cell


if __name__ == "__main__":
    main(sys.argv[1])
