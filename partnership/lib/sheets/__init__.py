"""The one safe writer and the one safe reader of CSV and XLSX."""

from __future__ import annotations

from partnership.lib.sheets.reading import (
    ENCODINGS,
    Limits,
    Sheet,
    SheetRefused,
    SheetRow,
    open_sheet,
    problem_text,
)
from partnership.lib.sheets.writing import (
    MAX_ROWS,
    TooManyRows,
    refuse_too_many,
    sheet_title,
    write_csv,
    write_xlsx,
)

__all__ = [
    "ENCODINGS",
    "MAX_ROWS",
    "Limits",
    "Sheet",
    "SheetRefused",
    "SheetRow",
    "TooManyRows",
    "open_sheet",
    "problem_text",
    "refuse_too_many",
    "sheet_title",
    "write_csv",
    "write_xlsx",
]
