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
from courses.catalogue.pictures import kb_of, named_in
from courses.catalogue.weights import page_kb
from partnership.lib import formulas, markdown_media
from partnership.lib.markdown import FIGURE, MARKDOWN, MOST_LETTERS

# A page of a lesson on its way, compressed.
BUDGET_KB = 14
# What the pictures of one lesson may weigh together.
MOST_PICTURES_KB = 500
# How hard a paragraph reads: laws are at 60 and beyond.
HARD, LONG_WORD, ENOUGH_WORDS = 70, 6, 40
# In scripts that part words and sentences.
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[.!?:;…](?=\s|\Z)")
BARE = re.compile(r"\bhttps?://\S+")
EMPTY_WORDS = frozenset({"here", "click here", "link", "this link", "more", "ici", "cliquez ici"})

OUTSIDE = ("https://", "http://")
# Says whether an address leads somewhere: one of ours, or as far as is known one of others.
Leads = Callable[[str], bool]


@dataclass(frozen=True)
class Finding:
    """Something to look at, with its line where there is one."""

    sentence: str
    line: int = 0
    is_blocking: bool = False
    # What leads nowhere: each finding that asked has it, for it is asked anew (see reading.py).
    address: str = ""


def findings(text: str, html: str, leads: Leads) -> list[Finding]:
    """All that is to be said of one lesson, from the top down."""
    if len(text) > MOST_LETTERS:
        return [Finding(_("The text is too long to be laid out."), is_blocking=True)]
    tokens = MARKDOWN.parse(text)
    found = [*_headings(tokens), *_of_blocks(tokens, leads), *_of_ease(tokens)]
    kb = page_kb(len(html))
    if kb > BUDGET_KB:
        told = {"kb": kb, "most": BUDGET_KB}
        found.append(
            Finding(_("The page weighs about %(kb)s KB, more than %(most)s: divide it.") % told)
        )
    if (pictures := kb_of(text)) > MOST_PICTURES_KB:
        told = {"kb": pictures, "most": MOST_PICTURES_KB}
        found.append(Finding(_("Its pictures weigh %(kb)s KB, more than %(most)s.") % told))
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


def _of_ease(tokens: list[Token]) -> Iterator[Finding]:
    """Paragraphs that are heavy going, by LIX: words to a sentence, and long words in a hundred."""
    for token in tokens:
        if token.type != "inline":
            continue
        children = token.children or []
        text = " ".join(one.content for one in children if one.type == "text")
        words = WORD.findall(text)
        if len(words) < ENOUGH_WORDS:
            continue
        sentences = len(SENTENCE.findall(text)) or 1
        long = sum(len(word) > LONG_WORD for word in words)
        lix = round(len(words) / sentences + 100 * long / len(words))
        if lix > HARD:
            told = {"lix": lix, "words": round(len(words) / sentences)}
            yield Finding(
                _("Heavy going (LIX %(lix)s): sentences of %(words)s words, many of them long.")
                % told,
                _line(token),
            )


def _of_blocks(tokens: list[Token], leads: Leads) -> Iterator[Finding]:
    for token in tokens:
        line = _line(token)
        named = FIGURE.match(token.info.strip()) if token.type == "fence" else None
        if named and named[1] not in FIGURES:
            told = {"name": named[1]}
            yield Finding(_("There is no drawing “%(name)s”.") % told, line, True)
        if token.type == "fence" and (medium := markdown_media.read(token.info, token.content)):
            yield from _of_medium(medium, line, leads)
        if token.type == "formula_block":
            yield from _of_formula(token.content, line)
        if token.type == "inline":
            yield from _of_line(token.children or [], line, leads)


def _of_line(tokens: list[Token], line: int, leads: Leads) -> Iterator[Finding]:
    link, words = "", ""
    for token in tokens:
        line += token.type in ("softbreak", "hardbreak")
        if token.type == "formula":
            yield from _of_formula(token.content, line)
        if token.type == "live" and not leads(fact := f"fact:{token.content}"):
            told = {"name": token.content}
            yield Finding(_("There is no figure “%(name)s”.") % told, line, True, fact)
        if token.type == "link_open":
            link, words = str(token.attrGet("href") or ""), ""
            if link.startswith("/") and not leads(link):
                told = {"address": link[:80]}
                yield Finding(_("%(address)s leads nowhere.") % told, line, True, link)
            if link.startswith(OUTSIDE) and not leads(link):
                told = {"address": link[:80]}
                sentence = _("%(address)s was not there when it was looked at, three times.")
                yield Finding(sentence % told, line, address=link)
        elif token.type == "link_close":
            if BARE.match(words) or words.strip().lower() in EMPTY_WORDS:
                yield Finding(_("A link says where it leads: give it words."), line)
            link = ""
        elif token.type == "image":
            yield from _of_picture(token, line, leads)
        elif token.type in ("text", "code_inline"):
            words += token.content
            if not link and token.type == "text" and BARE.search(token.content):
                yield Finding(_("A bare address: make it a link with words."), line)


def _of_picture(token: Token, line: int, leads: Leads) -> Iterator[Finding]:
    if not token.content.strip():
        yield Finding(_("A picture says in words what it shows."), line, True)
    if named_in(source := str(token.attrGet("src") or "")) and not leads(source):
        yield Finding(_("This picture is not on the shelf of the course."), line, True, source)


def of_plain(text: str) -> Iterator[Finding]:
    """What is wrong with the formulas of a text that is not Markdown."""
    for found in formulas.found_in(text):
        yield from _of_formula(found["source"], 0)


def _of_formula(source: str, line: int) -> Iterator[Finding]:
    try:
        formulas.mathml(source)
    except formulas.Unread as error:
        told = {"formula": source[:60], "why": error.why}
        if error.why:
            yield Finding(_("Nothing is known called “%(why)s” in “%(formula)s”.") % told, line)
        else:
            yield Finding(_("The formula “%(formula)s” cannot be read.") % told, line)


def _of_medium(medium: markdown_media.Medium, line: int, leads: Leads) -> Iterator[Finding]:
    """Who cannot hear, see or load it would miss all of it without its transcript."""
    sentences = {
        "title": _("A film or file has a title in its first line."),
        "address": _("A film or file has its address in a line of its own."),
        "size": _("A film or file tells how heavy it is, such as 18 MB."),
        "minutes": _("A film or recording tells how long it is, such as 4 min."),
        "transcript": _("A film or recording has a transcript, after an empty line."),
    }
    for name in medium.lacks:
        yield Finding(sentences[name], line, name in ("address", "transcript"))
    if medium.address.startswith("/") and not leads(medium.address):
        told = {"address": medium.address[:80]}
        yield Finding(_("%(address)s leads nowhere.") % told, line, True, medium.address)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
