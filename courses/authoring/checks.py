"""What the text of a lesson lacks, told while it is written. No database, clock or request.

Some of it keeps a draft from being published: who cannot see a picture would miss what it says,
and a link of our own that leads nowhere is a mistake. The rest is advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown_it.token import Token

from courses.catalogue.figures import FIGURES
from courses.catalogue.weights import page_kb
from partnership.lib.markdown import FIGURE, MARKDOWN, MOST_LETTERS

# A page of a lesson on its way, compressed.
BUDGET_KB = 14
BARE = re.compile(r"\bhttps?://\S+")
EMPTY_WORDS = frozenset({"here", "click here", "link", "this link", "more", "ici", "cliquez ici"})

# Says whether an address of ours leads somewhere.
Leads = Callable[[str], bool]


@dataclass(frozen=True)
class Finding:
    """Something to look at, with its line where there is one."""

    sentence: str
    line: int = 0
    is_blocking: bool = False
    address: str = ""  # of ours, that leads nowhere


def findings(text: str, html: str, leads: Leads) -> list[Finding]:
    """All that is to be said of one lesson, from the top down."""
    if len(text) > MOST_LETTERS:
        return [Finding(_("The text is too long to be laid out."), is_blocking=True)]
    tokens = MARKDOWN.parse(text)
    found = [*_headings(tokens), *_of_blocks(tokens, leads)]
    kb = page_kb(len(html))
    if kb > BUDGET_KB:
        told = {"kb": kb, "most": BUDGET_KB}
        found.append(
            Finding(_("The page weighs about %(kb)s KB, more than %(most)s: divide it.") % told)
        )
    return sorted(found, key=lambda one: one.line)


def _headings(tokens: list[Token]) -> Iterator[Finding]:
    """A level that is left out is missing in the outline that a screen reader tells."""
    before = 0
    for token in tokens:
        if token.type != "heading_open":
            continue
        level = int(token.tag[1])
        if before and level > before + 1:
            yield Finding(_("This heading leaves out a level."), _line(token))
        before = level


def _of_blocks(tokens: list[Token], leads: Leads) -> Iterator[Finding]:
    for token in tokens:
        line = _line(token)
        named = FIGURE.match(token.info.strip()) if token.type == "fence" else None
        if named and named[1] not in FIGURES:
            told = {"name": named[1]}
            yield Finding(_("There is no drawing “%(name)s”.") % told, line, True)
        if token.type == "inline":
            yield from _of_line(token.children or [], line, leads)


def _of_line(tokens: list[Token], line: int, leads: Leads) -> Iterator[Finding]:
    link, words = "", ""
    for token in tokens:
        if token.type == "link_open":
            link, words = str(token.attrGet("href") or ""), ""
            if link.startswith("/") and not leads(link):
                told = {"address": link[:80]}
                yield Finding(_("%(address)s leads nowhere.") % told, line, True, link)
        elif token.type == "link_close":
            if BARE.match(words) or words.strip().lower() in EMPTY_WORDS:
                yield Finding(_("A link says where it leads: give it words."), line)
            link = ""
        elif token.type == "image" and not token.content.strip():
            yield Finding(_("A picture says in words what it shows."), line, True)
        elif token.type in ("text", "code_inline"):
            words += token.content
            if not link and token.type == "text" and BARE.search(token.content):
                yield Finding(_("A bare address: make it a link with words."), line)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
