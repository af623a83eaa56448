"""HTML: what a reader sees of it, each chapter under a large heading a part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO

from partnership.information.drawing.limits import Drawing, Page

UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "title", "iframe"})
BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "nav",
        "main",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "hr",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "form",
        "address",
    ]
)
CHAPTERS = frozenset({"h1", "h2"})
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
LETTERS_A_BIT = 65_536


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Page] = [Page(1)]
        self._pieces: list[str] = []
        self._heading: list[str] | None = None
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._unseen and tag in UNSEEN:
            self._unseen = tag
        elif tag == "body":
            self._unseen = ""
        if tag in CHAPTERS and not self._unseen:
            self._close_part()
            self._heading = []
        if tag in BLOCKS:
            self._pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag in CHAPTERS and self._heading is not None:
            self.parts[-1].heading, self._heading = "".join(self._heading), None
        if tag in BLOCKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._pieces.append(data)
        if self._heading is not None:
            self._heading.append(data)

    def ended(self) -> Iterator[Page]:
        self.close()
        self._close_part()
        return (part for part in self.parts if part.text.strip())

    def _close_part(self) -> None:
        """What was read so far stands in a part of its own, if it says anything."""
        text, self._pieces = "".join(self._pieces), []
        if text.strip():
            self.parts[-1].text = text
            self.parts.append(Page(len(self.parts) + 1))


def read(file: BinaryIO) -> Drawing:
    data = file.read()
    text, source = Text(), _decoded(data)
    for at in range(0, len(source), LETTERS_A_BIT):
        text.feed(source[at : at + LETTERS_A_BIT])
    return Drawing(text.ended())


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = DECLARED.search(data[:4096])
    name = declared[1].decode("ascii", "ignore") if declared else "utf-8"
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")
