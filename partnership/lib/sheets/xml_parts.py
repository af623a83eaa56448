"""Parts of a workbook as they come, element by element. Nothing may declare a document type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from partnership.lib.sheets.limits import Refused

CHUNK = 65_536


def _refuse(*_given: Any) -> Any:
    raise Refused("entities")


def parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Any:
    """A parser that expands no entity of the file: without a document type there is none."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    made.EntityDeclHandler = _refuse
    made.ExternalEntityRefHandler = _refuse
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = text
    return made


def feed(made: Any, part: IO[bytes]) -> Iterator[None]:
    """Give a part to a parser bit by bit; after each bit the caller may take what was found."""
    try:
        while chunk := part.read(CHUNK):
            made.Parse(chunk, False)
            yield
        made.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Refused("damaged") from error


def elements(part: IO[bytes], *names: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The attributes of every element of these names. For small parts."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag in names:
            found.append((tag, {local(name): value for name, value in attributes.items()}))

    for _bit in feed(parser(start), part):
        yield from found
        found.clear()


def local(name: str) -> str:
    """A name without its prefix: programs choose their own."""
    return name.rpartition(":")[2]
