"""Texts of GIFT: their escapes and the four formats, both ways."""

from __future__ import annotations

import re

from courses.quizzes.exchange import markup
from courses.quizzes.exchange.report import Notes

ESCAPE = re.compile(r"\\([\\~=#{}:n])")
SPECIAL = re.compile(r"[\\~=#{}:\n]")
HTML, MARKDOWN, PLAIN, MOODLE = "html", "markdown", "plain", "moodle"


def raw(text: str) -> str:
    """What a text says without its escapes. Another backslash is a backslash."""
    return ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def guarded(text: str) -> str:
    return SPECIAL.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def as_markdown(text: str, form: str, notes: Notes) -> str:
    """A prompt or explanation. Without a format it is plain text unless there are tags in it."""
    if form == MARKDOWN:
        return text
    if form == HTML or (form == MOODLE and markup.is_html(text)):
        return markup.from_html(text, notes)
    return markup.escaped(text)


def as_plain(text: str, form: str, notes: Notes) -> str:
    """An answer or feedback."""
    if form == HTML or (form == MOODLE and markup.is_html(text)):
        return markup.from_html(text, notes, is_plain=True)
    if form == MARKDOWN:
        found = markup.plain(text)
        if found is None:
            notes.warn("plain")
        return text if found is None else found
    return text


def form_of(markdown: str) -> str:
    """The plainest format that a prompt can be written in: without one, or as Markdown."""
    text = markup.plain(markdown)
    return MOODLE if text is not None and _is_safe(text) else MARKDOWN


def write_markdown(markdown: str, inherited: str) -> str:
    """An explanation under a question of that format."""
    if inherited == MARKDOWN:
        begins_a_format = markup.FORMATTED.match(markdown)
        return f"[markdown]{guarded(markdown)}" if begins_a_format else guarded(markdown)
    if form_of(markdown) == MOODLE:
        return guarded(markup.plain(markdown) or "")
    return f"[markdown]{guarded(markdown)}"


def write_plain(text: str, inherited: str) -> str:
    if _is_safe(text) and (inherited == MOODLE or markup.escaped(text) == text):
        return guarded(text)
    return f"[plain]{guarded(text)}"


def _is_safe(text: str) -> bool:
    """Nothing in it is taken for a tag, a format or a weight."""
    return not (markup.is_html(text) or markup.FORMATTED.match(text) or text.startswith("%"))
