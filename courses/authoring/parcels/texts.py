"""A text in Markdown as sections. What its author wrote stays as it is between two headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from markdown_it.token import Token

from courses.authoring.parcels.found import MOST_LETTERS, Found, Refused
from courses.authoring.parcels.plans import Section
from partnership.lib.markdown import MARKDOWN

FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
OF_THE_WEB = re.compile(r"https?://", re.IGNORECASE)


def read(file: IO[bytes]) -> Found:
    text = _decoded(file.read())
    found, front = Found(), FRONT.match(text)
    if front:
        found.lost["front_matter"] = 1
        # Its lines stay, empty: what is told of a line is told of the file's.
        text = "\n" * front[0].count("\n") + text[front.end() :]
    tokens = MARKDOWN.parse(text)
    _note_pictures(tokens, found)
    _note_html(text, found)
    lines = text.split("\n")
    places = [*_headings(tokens), (len(lines), len(lines), 0, "")]
    found.sections.append(Section(0, "", "\n".join(lines[: places[0][0]]).strip(), 1))
    for (start, end, level, title), after in pairwise(places):
        body = "\n".join(lines[end : after[0]]).strip("\n")
        found.sections.append(Section(level, title, body.rstrip(), start + 1))
    return found


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise Refused("empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused("not_utf8", line=line) from None
    if "\0" in text:
        raise Refused("another_kind")
    if len(text) > MOST_LETTERS:
        raise Refused("too_long", most=MOST_LETTERS)
    return re.sub(r"\r\n?", "\n", text.replace("\ue000", "").replace("\ue001", ""))


def _headings(tokens: list[Token]) -> Iterator[tuple[int, int, int, str]]:
    """From line to line, level and words of those that divide the text."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            start, end = token.map or (0, 0)
            words = "".join(_words(tokens[at + 1].children or []))
            if words.strip():
                yield start, end, int(token.tag[1]), words


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _words(token.children)


def _note_pictures(tokens: list[Token], found: Found) -> None:
    for token in tokens:
        for one in token.children or []:
            if one.type == "image":
                source = str(one.attrGet("src") or "")
                is_of_the_web = OF_THE_WEB.match(source) is not None
                found.lost["web_pictures" if is_of_the_web else "linked_pictures"] += 1


def _note_html(text: str, found: Found) -> None:
    if count := len(re.findall(r"^ {0,3}</?[a-z][a-z0-9-]*[ >]", text, re.MULTILINE)):
        found.lost["html"] = count
