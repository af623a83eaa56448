"""DOCX: its pages where the program that wrote it noted them, else parts of about one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from partnership.information.drawing.limits import Drawing, Page, Refused
from partnership.information.drawing.office import Package

LETTERS_A_PART = 3_000
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Text:
    """The text of a document as it comes, cut where a page was noted to end."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self._in_text = False
        # The same text box stands twice, for programs of before and of after.
        self._in_twin = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        kinds = [value for name, value in given.items() if name.rpartition(":")[2] == "type"]
        if tag == "Fallback":
            self._in_twin += 1
        elif tag == "t":
            self._in_text = True
        elif tag == "lastRenderedPageBreak" or (tag == "br" and "page" in kinds):
            # A break that somebody set is noted once more where the next page begins.
            if any(piece.strip() for piece in self.pages[-1]):
                self.pages.append([])
        elif tag in BREAKS:
            self.add(BREAKS[tag])

    def end(self, tag: str) -> None:
        if tag == "Fallback":
            self._in_twin -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self.add("\n")

    def letters(self, text: str) -> None:
        if self._in_text:
            self.add(text)

    def add(self, piece: str) -> None:
        if not self._in_twin:
            self.pages[-1].append(piece)


def read(file: BinaryIO) -> Drawing:
    package, text = Package(file), Text()
    main = package.main()
    if not main:
        raise Refused("damaged")
    package.walk(main, text.start, text.end, text.letters)
    pages = ["".join(pieces) for pieces in text.pages]
    if len(pages) > 1:
        return Drawing(_numbered(iter(pages)), len(pages))
    return Drawing(_numbered(_parts(pages[0])))


def _numbered(texts: Iterator[str]) -> Iterator[Page]:
    return (Page(number, text) for number, text in enumerate(texts, start=1))


def _parts(text: str) -> Iterator[str]:
    """Cut at the end of paragraphs."""
    part: list[str] = []
    for line in text.splitlines(keepends=True):
        part.append(line)
        if sum(map(len, part)) >= LETTERS_A_PART:
            yield "".join(part)
            part = []
    if part:
        yield "".join(part)
