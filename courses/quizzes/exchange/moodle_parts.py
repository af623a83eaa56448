"""A Moodle XML file as its questions, each an element with its line. Nothing is ever looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from courses.quizzes.exchange.opening import MOST_QUESTIONS, MOST_XML, opened
from courses.quizzes.exchange.report import Notes, Report, refused

# Elements of a hundred to a question; more are an attack on the memory.
MOST_PARTS = 250_000
PROLOG = re.compile(
    r"\s*(?:<\?xml(?P<told>[^<>?]*+)\?>)?(?>(?:\s+|<\?[^<>?]*+\?>|<!--(?>(?:[^-]|-(?!->))*)-->)*)"
)
ENCODED = re.compile(rb"""\A\s*<\?xml[^<>?]*?encoding=["']([\w.-]{1,20})["']""")
# Of a broken file, with its categories.
MOST_ALONE = 2 * MOST_QUESTIONS
BEGINNING = re.compile(r"<question(?=[\s>])")
# What exports say. Others are not text or are slow to read.
ENCODINGS = {"iso-8859-1", "iso-8859-15", "windows-1251", "windows-1252", "windows-1256"}


@dataclass(frozen=True)
class Part:
    """One question as an element, the line that it begins in, and how it stands there."""

    element: etree._Element
    line: int
    source: str = ""


def parser() -> etree.XMLParser:
    """No entity, document type or network; depth and length as libxml2 allows a stranger."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True,
        remove_comments=True, huge_tree=False,
    )  # fmt: skip


def parts(given: bytes | str, notes: Notes) -> list[Part] | Report:
    """The questions of a file. What is not well-formed is told, and what stands alone is read."""
    text = opened(_decoded(given), MOST_XML)
    if isinstance(text, Report):
        return text
    notes.found += text.problems
    prolog = PROLOG.match(text.text)
    start = prolog.end() if prolog else 0
    if text.text[start : start + 9].upper() == "<!DOCTYPE":
        return refused("entities", text.text.count("\n", 0, start) + 1)
    if text.text.count("<") > MOST_PARTS:
        return refused("too_many_parts")
    # The lines before are kept empty, so that every line keeps its number.
    return _questions("\n" * text.text.count("\n", 0, start) + text.text[start:], notes)


def _questions(body: str, notes: Notes) -> list[Part] | Report:
    if not body.strip():
        return refused("empty")
    try:
        root = etree.fromstring(body.encode(), parser())
    except etree.XMLSyntaxError as error:
        notes.fail("not_xml", line=error.lineno or 1, why=error.msg.partition(", line")[0])
        return list(_alone(body, notes))
    if root.tag != "quiz":
        return refused("no_quiz", root.sourceline or 1, found=root.tag)
    for child in root:
        if child.tag != "question":
            notes.warn("loose", line=child.sourceline, found=f"<{child.tag}>")
    return [Part(child, child.sourceline or 1) for child in root.iterchildren("question")]


def _decoded(given: bytes | str) -> bytes | str:
    """In the encoding that the file names, if it is one that exports use."""
    if isinstance(given, bytes) and len(given) <= MOST_XML and (named := ENCODED.match(given)):
        name = named[1].decode().lower()
        if name in ENCODINGS:
            return given.decode(name, "replace")
    return given


def _alone(body: str, notes: Notes) -> Iterator[Part]:
    """Each question between its own tags, where the whole is broken."""
    line = 1
    *pieces, _rest = body.split("</question>")
    if len(pieces) > MOST_ALONE:
        notes.fail("too_many", most=MOST_ALONE)
    for piece in pieces[:MOST_ALONE]:
        at = max((found.start() for found in BEGINNING.finditer(piece)), default=-1)
        first = line + piece.count("\n", 0, max(at, 0))
        if at >= 0:
            source = f"{piece[at:]}</question>"
            try:
                yield Part(etree.fromstring(source.encode(), parser()), first, source)
            except etree.XMLSyntaxError as error:
                where = first + (error.lineno or 1) - 1
                notes.fail("not_xml", line=where, why=error.msg.partition(", line")[0])
        line += piece.count("\n")
