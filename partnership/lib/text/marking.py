"""Where in a text the words are that were asked for: whole, or around the best place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from partnership.lib.text.asking import Term
from partnership.lib.text.letters import UNSPACED, plain, written
from partnership.lib.text.stems import without_article
from partnership.lib.text.words import PAIR, compounds, forms, parts, token, whole_and_parts

# Vowel marks and what stretches or joins stand inside a word.
INSIDE = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
WORD = rf"[^\W_](?:[^\W_]|[{INSIDE}]|(?<=\d)[.,](?=\d))*"
SPAN = re.compile(rf"{WORD}(?:[-\u2010\u2011'’]{WORD})*")
# Of a long text so many letters are looked through.
MOST = 30_000


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Hit:
    start: int
    end: int
    term: int


def marked(text: str, terms: Sequence[Term], language: str) -> list[Piece]:
    """All of a text, cut where the words begin and end that were asked for."""
    return _pieces(text, 0, len(text), list(_hits(text, terms, language)))


def excerpt(text: str, terms: Sequence[Term], language: str, length: int = 260) -> list[Piece]:
    """So much of a text around the place that holds most of what was asked for."""
    text = " ".join(text[:MOST].split())
    hits = list(_hits(text, terms, language))
    start, end = _window(text, hits, length)
    found = _pieces(text, start, end, hits)
    before = [Piece("… ")] if start else []
    return [*before, *found, *([Piece(" …")] if end < len(text) else [])]


def _pieces(text: str, start: int, end: int, hits: Sequence[Hit]) -> list[Piece]:
    found, place = [], start
    for hit in hits:
        if place <= hit.start and hit.end <= end:
            found += [Piece(text[place : hit.start]), Piece(text[hit.start : hit.end], is_hit=True)]
            place = hit.end
    return [piece for piece in [*found, Piece(text[place:end])] if piece.text]


def _window(text: str, hits: Sequence[Hit], length: int) -> tuple[int, int]:
    """From a little before the first of the hits that tell most, cut between words."""
    best, most = 0, 0
    for place, hit in enumerate(hits):
        near = {other.term for other in hits[place : place + 40] if other.end < hit.start + length}
        if len(near) > most:
            best, most = hit.start, len(near)
    start = max(0, min(best - 60, len(text) - length))
    if start:
        start = next((at + 1 for at in range(start, best) if text[at] == " "), start)
    end = min(len(text), start + length)
    if end < len(text):
        end = next((at for at in range(end, start + length // 2, -1) if text[at] == " "), end)
    return start, end


def _hits(text: str, terms: Sequence[Term], language: str) -> Iterator[Hit]:
    beside = {tuple(term.word[2:].split(PAIR)): at for at, term in enumerate(terms) if term.is_pair}
    starts = {form[:2] for term in terms for form in (term.word, *(s[3:] for s in term.stems))}
    spans = list(SPAN.finditer(text[:MOST]))
    for at, span in enumerate(spans):
        word = span.group()
        if UNSPACED.search(word):
            yield from _in_run(word, span.start(), terms)
            continue
        # Most words begin in another way: only the others are worth a stemmer's time.
        # A number is one token with its sign within, and begins otherwise than it is written.
        may_be = word[0].isdigit() or _start(word) in starts
        found = _term_of(word, terms, language) if may_be else None
        if found is None and beside:
            found = _pair_at(spans, at, beside)
        if found is not None:
            yield Hit(*span.span(), found)


@lru_cache(maxsize=50_000)
def _start(word: str) -> str:
    """How a word begins, without the article that grows together with it."""
    return without_article(plain(written(word)))[:2]


def _term_of(word: str, terms: Sequence[Term], language: str) -> int | None:
    held = _held(word, language)
    for at, term in enumerate(terms):
        if term.word in held or not held.isdisjoint(term.stems):
            return at
        if term.is_start and any(form.startswith(term.word) for form in held):
            return at
    return None


@lru_cache(maxsize=50_000)
def _held(word: str, language: str) -> frozenset[str]:
    """All tokens of a word as it is written."""
    told = (part for compound in compounds(word) for part in whole_and_parts(compound))
    return frozenset(form for part in told for form in forms(part, language))


def _pair_at(
    spans: Sequence[re.Match[str]], at: int, beside: dict[tuple[str, ...], int]
) -> int | None:
    """Whether a word and one of its neighbours are a pair that was asked for."""
    around = [
        _ends(spans[place].group()) for place in range(max(0, at - 1), at + 2) if place < len(spans)
    ]
    for before, after in pairwise(around):
        if (found := beside.get((before[1], after[0]))) is not None:
            return found
    first, last = _ends(spans[at].group())
    return beside.get((first, last)) if first != last else None


@lru_cache(maxsize=50_000)
def _ends(word: str) -> tuple[str, str]:
    """The first and the last part of a word as pairs are made of them."""
    told = [token(part) for compound in compounds(word) for part in parts(compound)]
    return (told[0], told[-1]) if told else ("", "")


def _in_run(word: str, offset: int, terms: Sequence[Term]) -> Iterator[Hit]:
    """Letters of a script without spaces, wherever in a run they stand."""
    folded = plain(written(word))
    if len(folded) != len(word):
        return
    held: dict[int, int] = {}
    for number, term in enumerate(terms):
        if not term.is_pair and term.word:
            for found in re.finditer(f"(?={re.escape(term.word)})", folded):
                places = range(found.start(), found.start() + len(term.word))
                held.update(dict.fromkeys(places, number))
    for start in sorted(held):
        if start - 1 not in held:
            end = start
            while end in held:
                end += 1
            yield Hit(offset + start, offset + end, held[start])
