"""What the parts of an office file have in common: an archive of XML parts that name each other."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import BinaryIO

from partnership.information.drawing.limits import ARCHIVE, Refused
from partnership.lib.sheets.limits import Refused as SheetRefused
from partnership.lib.sheets.workbook import DAMAGE, checked
from partnership.lib.sheets.xml_parts import elements, feed, local, parser

# As the readers of sheets name it, and as it is told here.
CODES = {"locked": "locked", "bomb": "too_much", "too_many_parts": "too_much"}


class Package:
    """An office file. Every fault of it is a refusal."""

    def __init__(self, file: BinaryIO):
        try:
            self._archive = checked(file, ARCHIVE)
        except SheetRefused as refused:
            raise Refused(CODES.get(refused.code, "damaged")) from None
        except DAMAGE:
            raise Refused("damaged") from None
        self.names = set(self._archive.namelist())

    def links(self, of: str) -> list[tuple[str, str, str]]:
        """What a part names: the link's key, its kind, and the part at its end."""
        folder, name = posixpath.split(of)
        found = []
        for given in self.attributes(
            posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"
        ):
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            found.append(
                (given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target[1:])
            )
        return found

    def main(self) -> str:
        """The part with which the document begins."""
        targets = [target for _, kind, target in self.links("") if kind == "officeDocument"]
        return next((target for target in targets if target in self.names), "")

    def attributes(self, name: str, tag: str) -> list[dict[str, str]]:
        """Of every element of a small part that has this name."""
        if name not in self.names:
            return []
        try:
            with self._archive.open(name) as part:
                return [given for _, given in elements(part, tag)]
        except (SheetRefused, *DAMAGE):
            raise Refused("damaged") from None

    def walk(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
    ) -> None:
        """Go through a part from its first element to its last."""
        made = parser(
            lambda tag, given: start(local(tag), given), lambda tag: end(local(tag)), text
        )
        try:
            with self._archive.open(name) as part:
                for _bit in feed(made, part):
                    pass
        except (SheetRefused, *DAMAGE):
            raise Refused("damaged") from None
