"""How much is drawn out of a file, and how a reader says that it will not go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnership.lib.sheets.limits import MEGABYTE
from partnership.lib.sheets.limits import Limits as ArchiveLimits


@dataclass(frozen=True)
class Limits:
    """What is counted while a file is read. What goes beyond is left out, and told."""

    bytes: int = 200 * MEGABYTE
    pages: int = 5_000
    # Of one page, and of all together.
    page_letters: int = 100_000
    letters: int = 8_000_000
    # Of the child: what it may take of memory and of a processor, and how long it may say nothing.
    memory: int = 768 * MEGABYTE
    seconds: int = 180
    silence: float = 15.0


# Of an office file before one of its parts is unpacked.
ARCHIVE = ArchiveLimits(entries=5_000, unpacked=400 * MEGABYTE)


class Refused(Exception):
    """No text is drawn out of this file. The code has its sentence in `reading`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass
class Page:
    """What stands on one page, slide or sheet; a code says what went wrong with it."""

    number: int
    text: str = ""
    heading: str = ""
    problem: str = ""


@dataclass
class Drawing:
    """How many pages there are, where the file says so, and each of them in order."""

    pages: Iterator[Page]
    total: int = 0
