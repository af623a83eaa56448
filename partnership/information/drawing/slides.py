"""PPTX: its slides in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from partnership.information.drawing.limits import Drawing, Page, Refused
from partnership.information.drawing.office import Package


class Text:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._in_text = False

    def start(self, tag: str, _given: dict[str, str]) -> None:
        self._in_text = tag == "t"
        if tag == "br":
            self.pieces.append("\n")

    def end(self, tag: str) -> None:
        self._in_text = False
        if tag == "p":
            self.pieces.append("\n")

    def letters(self, text: str) -> None:
        if self._in_text:
            self.pieces.append(text)


def read(file: BinaryIO) -> Drawing:
    package = Package(file)
    main = package.main()
    if not main:
        raise Refused("damaged")
    targets = {key: target for key, _, target in package.links(main)}
    names = [targets.get(link, "") for link in _slides(package, main)]
    names = [name for name in names if name in package.names]
    return Drawing(_pages(package, names), len(names))


def _slides(package: Package, main: str) -> list[str]:
    """The links of the slides: an element has a number `id` and a link `r:id`."""
    found: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "sldId":
            found.extend(value for name, value in given.items() if name.endswith(":id"))

    package.walk(main, start, lambda _tag: None, lambda _text: None)
    return found


def _pages(package: Package, names: list[str]) -> Iterator[Page]:
    for number, name in enumerate(names, start=1):
        text = Text()
        try:
            package.walk(name, text.start, text.end, text.letters)
        except Refused:
            yield Page(number, problem="page_damaged")
            continue
        told = "".join(text.pieces)
        heading = next((line for line in told.splitlines() if line.strip()), "")
        yield Page(number, told, heading, problem="" if told.strip() else "page_empty")
