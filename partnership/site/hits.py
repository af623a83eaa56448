"""What pages and programs are shown of hits: where the words stand, and how many of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnership.lib.languages import own_name
from partnership.lib.text import Term
from partnership.lib.text.marking import Piece, excerpt, marked
from partnership.search.models import SearchEntry
from partnership.search.queries import Found, synonyms_of, with_texts
from partnership.site.searching import LANGUAGES, NAMES, ONE

MOST_PAGES = 8


def show(hits: Sequence[SearchEntry], terms: Sequence[Term]) -> None:
    """Give each hit of one page the pieces of its title and of what it says."""
    synonyms: Sequence[Term] | None = None
    for hit in with_texts(hits) if hits else ():
        shown: Any = hit
        shown.kind_name = ONE.get(hit.kind, hit.kind)
        shown.language_name = own_name(hit.language.partition("-")[0])
        shown.pages = sorted(hit.more_pages, key=lambda other: other.page)[:MOST_PAGES]
        if not _mark(shown, terms):
            # It was found by another word for the same.
            synonyms = synonyms_of(terms) if synonyms is None else synonyms
            _mark(shown, synonyms)


def _mark(hit: Any, terms: Sequence[Term]) -> bool:
    hit.title_pieces = marked(hit.title, terms, hit.language)
    hit.pieces = _told(hit, terms)
    return any(piece.is_hit for piece in (*hit.title_pieces, *hit.pieces))


def _told(hit: SearchEntry, terms: Sequence[Term]) -> list[Piece]:
    """Of the summary, unless only the text holds what was asked for."""
    summary = excerpt(hit.summary, terms, hit.language)
    if not hit.text or any(piece.is_hit for piece in summary):
        return summary
    text = excerpt(hit.text, terms, hit.language)
    return text if not summary or any(piece.is_hit for piece in text) else summary


def facets(found: Found) -> dict[str, Any]:
    """How many hits there are of each kind and in each language, as links of the page."""
    told = [
        (code, LANGUAGES[code], count)
        for code, count in found.languages.items()
        if code in LANGUAGES
    ]
    told.sort(key=lambda row: (-row[2], row[1]))
    return {
        "kinds": [
            (key, name, found.kinds[key]) for key, name in NAMES.items() if key in found.kinds
        ],
        "all_kinds": sum(found.kinds.values()),
        "languages": told,
        "all_languages": sum(found.languages.values()),
        "is_a_letter": [term.word for term in found.terms if len(term.word) == 1 and term.is_whole],
    }
