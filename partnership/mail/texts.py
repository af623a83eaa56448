"""The words of a mail, written once: the rich text is drawn from the plain one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

# Longer addresses are shown without their end; the link itself is whole.
LONGEST_SHOWN = 44
INDENT = "    "
UNDERLINE = re.compile("-{3,}")


class Text(str):
    """What a mail says, and in which language; with rich text where it was given."""

    language: str
    html: str

    def __new__(cls, text: str, language: str, html: str = "") -> Text:
        words = super().__new__(cls, text)
        words.language, words.html = language, html
        return words


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; with an address it is a link."""

    text: str
    address: str = ""
    # What is said of a link, in a line of its own below it.
    is_note: bool = False

    @property
    def is_words(self) -> bool:
        """A link that says where it leads in words, not by its address."""
        return bool(self.address) and self.text != _shown(self.address)


@dataclass(frozen=True)
class Block:
    """Lines that belong together: a paragraph, a list, or what stands apart to be used."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


def write(template: str, context: dict[str, Any]) -> Text:
    """A template of plain text in the language that is spoken now."""
    return Text(render_to_string(template, context), spoken())


def spoken() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def rich(subject: str, text: str, *, below: str, language: str) -> str:
    """The same words as a page that mail programs show: no picture, nothing from elsewhere."""
    with translation.override(language):
        context = {
            "subject": subject,
            "language": language,
            "is_to_the_left": translation.get_language_bidi(),
            "blocks": blocks(text),
            "below": blocks(below),
            "site": settings.SITE_ADDRESS + "/",
        }
        return render_to_string("mail/letter.html", context)


def blocks(text: str) -> list[Block]:
    """Plain text in parts: an empty line ends one, indented lines stand apart."""
    return [
        _block(part.strip("\n").split("\n")) for part in re.split(r"\n\s*\n", text) if part.strip()
    ]


def _block(lines: list[str]) -> Block:
    if all(line.startswith(INDENT) for line in lines):
        return Block("apart", tuple(_pieces(line.strip()) for line in lines))
    if len(lines) == 2 and UNDERLINE.fullmatch(lines[1]):
        return Block("heading", (_pieces(lines[0]),))
    if lines[0].startswith("- ") and all(line.startswith(("- ", "  ")) for line in lines):
        return Block("list", tuple(map(_entry, _entries(lines))))
    return Block("paragraph", tuple(_pieces(line.strip()) for line in lines))


def _entries(lines: list[str]) -> Iterator[list[str]]:
    """Lines that begin with a dash, each with those that are set in below it."""
    entry: list[str] = []
    for line in lines:
        if line.startswith("- ") and entry:
            yield entry
            entry = []
        entry.append(line.removeprefix("- ").strip())
    yield entry


def _entry(lines: list[str]) -> tuple[Piece, ...]:
    """What is set in below as an address of ours is where the words of the first line lead."""
    below = [piece for line in lines[1:] for piece in (*_pieces(line), Piece(" "))]
    links = [piece for piece in below if piece.address]
    if len(links) != 1:
        return (*_pieces(lines[0]), Piece(" "), *below) if below else _pieces(lines[0])
    rest = " ".join(piece.text for piece in below if not piece.address).strip()
    words = Piece(lines[0], links[0].address)
    return (words, Piece(rest, is_note=True)) if rest else (words,)


def _pieces(line: str) -> tuple[Piece, ...]:
    """Only addresses of this site become links: names and reasons are written by others."""
    own = re.compile(rf"({re.escape(settings.SITE_ADDRESS)}/\S*)")
    parts = own.split(line)
    return tuple(
        Piece(_shown(part), part) if number % 2 else Piece(part)
        for number, part in enumerate(parts)
        if part
    )


def _shown(address: str) -> str:
    plain = address.partition("://")[2]
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"
