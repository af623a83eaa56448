"""Glossary terms in a text, linked where they are first used. No database: terms are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape

TAG = re.compile(r"(<[^>]*>)")
# Inside these nothing is linked: a link in a link is none, and headings are read as a list.
CLOSED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "math"}
OWN_LINK = re.compile(r'<a href="(/glossary/#([\w-]+))"')


@dataclass(frozen=True)
class Term:
    slug: str
    name: str
    abbreviation: str
    definition: str

    @property
    def spellings(self) -> list[str]:
        return [word for word in (self.name, self.abbreviation) if word]


class Linker:
    """Links each term once, over as many texts as it is given one after the other."""

    def __init__(self, terms: Iterable[Term], page: str):
        self._page = page
        self._terms = {term.slug: term for term in terms}
        self._slugs = _by_spelling(self._terms.values())
        self._words = _pattern(self._slugs)
        self._linked: set[str] = set()

    def link(self, html: str) -> str:
        """Clean HTML, as our renderer writes it: no `<` or `>` but those of tags."""
        if self._words is None:
            return html
        open_tags: list[str] = []
        parts = []
        for part in TAG.split(html):
            if part.startswith("<"):
                parts.append(self._titled(part))
                _follow(part, open_tags)
            else:
                parts.append(part if open_tags else self._words.sub(self._first, part))
        return "".join(parts)

    def _first(self, found: re.Match[str]) -> str:
        word = unescape(found[0])
        slug = self._slugs.get(word) or self._slugs.get(word.casefold(), "")
        if not slug or slug in self._linked:
            return found[0]
        self._linked.add(slug)
        title = escape(self._terms[slug].definition)
        return f'<a class="term" href="{self._page}#{slug}" title="{title}">{found[0]}</a>'

    def _titled(self, tag: str) -> str:
        """A link that an author made to a term says what the term means."""
        found = OWN_LINK.match(tag)
        if found is None or found[2] not in self._terms:
            return tag
        slug = found[2]
        self._linked.add(slug)
        title = escape(self._terms[slug].definition)
        return f'<a class="term" href="{self._page}#{slug}" title="{title}">'


def _follow(tag: str, open_tags: list[str]) -> None:
    """Keep the closed tags that are open now."""
    name = re.match(r"</?(\w+)", tag)
    if name is None or name[1] not in CLOSED:
        return
    if not tag.startswith("</"):
        open_tags.append(name[1])
    elif open_tags:
        open_tags.pop()


def _folded(word: str) -> str:
    """Abbreviations are told from words by their capitals: "MO" is not "mo"."""
    return word if _is_abbreviation(word) else word.casefold()


def _is_abbreviation(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or any(map(str.isdigit, word))


def _by_spelling(terms: Iterable[Term]) -> dict[str, str]:
    """Each spelling, singular and plural, with its term; of two terms the first one has it."""
    found: dict[str, str] = {}
    for term in terms:
        for word in term.spellings:
            for spelling in (word, _plural(word)):
                found.setdefault(_folded(spelling), term.slug)
    return found


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _pattern(slugs: Mapping[str, str]) -> re.Pattern[str] | None:
    """The longest spelling wins; only whole words count."""
    if not slugs:
        return None
    longest = sorted(slugs, key=len, reverse=True)
    words = "|".join(
        re.escape(escape(word, quote=False))
        if _is_abbreviation(word)
        else f"(?i:{re.escape(escape(word, quote=False))})"
        for word in longest
    )
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
