"""The one safe writer and the one safe reader of CSV and XLSX.

What is named here is fetched when it is asked for: the child that reads a stranger's file is of
this package too, and needs neither Django nor the writer of workbooks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    if name in __all__:
        for part in ("reading", "writing"):
            module = import_module(f"{__name__}.{part}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"{__name__} has no {name}")
