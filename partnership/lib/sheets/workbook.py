"""XLSX: the rows of the first sheet that can be seen, as text, one bit after the other.

Our own reader, so that all that is counted is counted while it is read, and so that a formula is
known from its result: see decision 0022.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO

from partnership.lib.sheets.limits import MEGABYTE, Limits, Refused
from partnership.lib.sheets.workbook_cells import Rows, SharedTexts
from partnership.lib.sheets.xml_parts import elements, feed

BUILT_IN_DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
# What a format says in quotes, in brackets or after a backslash is no part of a day.
ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

Found = tuple[int, list[str], list[tuple[int, str]]]


def read(file: BinaryIO, limits: Limits) -> tuple[dict[str, str], Iterator[Found]]:
    """The name of the sheet that is read, how many there are, and its rows."""
    try:
        book = Book(file, limits)
        head = {"kind": "xlsx", "sheet": book.title, "sheets": str(book.count)}
        return head, book.rows()
    except (*DAMAGE, KeyError) as error:
        raise Refused("damaged") from error


def checked(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, if what it says of itself is bearable. zipfile unpacks no byte beyond that."""
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise Refused("too_many_parts")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Refused("bomb")
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > MEGABYTE and entry.file_size > limits.ratio * packed:
            raise Refused("bomb")
        if entry.flag_bits & 1:
            raise Refused("locked")
    return archive


class Book:
    """An archive whose parts name each other."""

    def __init__(self, file: BinaryIO, limits: Limits):
        self.limits = limits
        self.archive = checked(file, limits)
        self.names = set(self.archive.namelist())
        self.main = self._related("", "officeDocument").get("officeDocument", "")
        if self.main not in self.names:
            raise Refused("not_a_workbook")
        self.kinds = self._related(self.main, "sharedStrings", "styles")
        self.title, self.part, self.count = self._first_sheet()
        self.from_1904 = any(
            given.get("date1904") in ("1", "true")
            for _, given in self._elements(self.main, "workbookPr")
        )

    def _open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)

    def _elements(self, name: str, *tags: str) -> Iterator[tuple[str, dict[str, str]]]:
        with self._open(name) as part:
            yield from elements(part, *tags)

    def _links(self, of: str) -> Iterator[tuple[str, str, str]]:
        """What a part names: the link's key, its kind, and the part at its end."""
        folder, name = posixpath.split(of)
        links = posixpath.join(folder, "_rels", f"{name}.rels")
        if links not in self.names:
            return
        for _, given in self._elements(links, "Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            yield given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target[1:]

    def _related(self, of: str, *kinds: str) -> dict[str, str]:
        found = {kind: target for _, kind, target in self._links(of) if kind in kinds}
        return {kind: target for kind, target in found.items() if target in self.names}

    def _first_sheet(self) -> tuple[str, str, int]:
        parts = {key: target for key, kind, target in self._links(self.main) if kind == "worksheet"}
        seen = [
            (given.get("name", ""), parts.get(given.get("id", ""), ""))
            for _, given in self._elements(self.main, "sheet")
            if given.get("state", "visible") == "visible"
        ]
        shown = [(title, part) for title, part in seen if part in self.names]
        if not shown:
            raise Refused("no_sheet")
        return (*shown[0], len(shown))

    def _day_styles(self) -> frozenset[int]:
        """The styles, by number, in which a number is a day."""
        if "styles" not in self.kinds:
            return frozenset()
        codes: dict[int, str] = {}
        days, number, inside = set(), 0, False
        tags = ("numFmt", "cellXfs", "cellStyles", "dxfs", "xf")
        for tag, given in self._elements(self.kinds["styles"], *tags):
            if tag == "numFmt":
                codes[int(given["numFmtId"])] = ASIDE.sub("", given.get("formatCode", "")).lower()
            elif tag != "xf":
                inside = tag == "cellXfs"
            elif inside:
                code = int(given.get("numFmtId", 0))
                if code in BUILT_IN_DAYS or any(sign in codes.get(code, "") for sign in "dmyhs"):
                    days.add(number)
                number += 1
        return frozenset(days)

    def _texts(self) -> list[str]:
        if "sharedStrings" not in self.kinds:
            return []
        shared = SharedTexts(self.limits)
        with self._open(self.kinds["sharedStrings"]) as part:
            for _bit in feed(shared.parser, part):
                pass
        return shared.texts

    def rows(self) -> Iterator[Found]:
        """Each row with the number that a spreadsheet shows."""
        try:
            found = Rows(self._texts(), self._day_styles(), self.from_1904, self.limits)
            with self._open(self.part) as part:
                for _bit in feed(found.parser, part):
                    yield from found.taken()
        except (*DAMAGE, KeyError, IndexError) as error:
            raise Refused("damaged") from error
