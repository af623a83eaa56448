"""Texts of Moodle XML: their format, the files they bring, and what elements are told of."""

from __future__ import annotations

import binascii
import re
from decimal import Decimal

from lxml import etree

from courses.quizzes.exchange import gift_texts as texts
from courses.quizzes.exchange.building import decimal_of
from courses.quizzes.exchange.items import Picture
from courses.quizzes.exchange.opening import MOST_LETTERS, MOST_MARKS
from courses.quizzes.exchange.report import Broken, Notes

FORMATS = {
    "html": texts.HTML, "markdown": texts.MARKDOWN, "plain_text": texts.PLAIN,
    "moodle_auto_format": texts.MOODLE,
}  # fmt: skip


class Texts:
    """The texts of one question. The files that they bring are gathered."""

    def __init__(self, notes: Notes):
        self.notes = notes
        self.files: list[Picture] = []

    def markdown(self, element: etree._Element | None, inherited: str = "") -> str:
        text, form = self._text(element, inherited)
        return texts.as_markdown(text, form, self.notes).strip()

    def plain(self, element: etree._Element | None, inherited: str = "") -> str:
        text, form = self._text(element, inherited)
        return texts.as_plain(text, form, self.notes).strip()

    def typed(self, element: etree._Element | None) -> str:
        """What learners would type: never in a format."""
        return self._text(element, texts.PLAIN)[0]

    def _text(self, element: etree._Element | None, inherited: str) -> tuple[str, str]:
        if element is None:
            return "", texts.PLAIN
        for file in element.iterchildren("file"):
            self._file(file)
        # A short answer or a side of a pair may stand in the element itself.
        inner = element.find("text")
        text = content(element if inner is None else inner)
        if len(text) > MOST_LETTERS:
            line = element.sourceline or self.notes.line
            raise Broken("too_long", line, most=MOST_LETTERS, marks=MOST_MARKS)
        form = inherited or FORMATS.get(element.get("format", ""), texts.MOODLE)
        return text, form

    def _file(self, element: etree._Element) -> None:
        name = element.get("name", "")
        packed = re.sub(r"\s+", "", content(element))
        try:
            size = len(binascii.a2b_base64(packed.encode(), strict_mode=True))
        except (binascii.Error, ValueError):
            self.notes.warn("attached_broken", line=element.sourceline, name=name)
            return
        self.files.append(Picture(name, size))
        self.notes.warn("attached", line=element.sourceline, name=name, bytes=size)


def content(element: etree._Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def fraction(element: etree._Element) -> Decimal:
    given = element.get("fraction", "0")
    percent = decimal_of(given)
    if percent is None:
        raise Broken("not_a_number", element.sourceline or 1, found=given)
    return percent
