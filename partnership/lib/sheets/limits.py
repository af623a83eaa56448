"""How much a sheet may hold, and how a parser says that it will not go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
# Spreadsheets skip spaces and invisible signs before they look for a formula.
FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True)
class Limits:
    """What is counted before and while a sheet is read. One that holds more is refused whole."""

    bytes: int = 10 * MEGABYTE
    unpacked: int = 150 * MEGABYTE
    ratio: int = 250
    entries: int = 500
    rows: int = 100_000
    columns: int = 100
    cells: int = 1_500_000
    letters: int = 32_767
    # Of the child: what it may take of memory and of a processor, and how long it may say nothing.
    memory: int = 400 * MEGABYTE
    seconds: int = 20
    silence: float = 4.5


class Refused(Exception):
    """The sheet is not read, or not read on. The code has its sentence in `reading`."""

    def __init__(self, code: str, **facts: str | int):
        super().__init__(code)
        self.code = code
        self.facts = facts
