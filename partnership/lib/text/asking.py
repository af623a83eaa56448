"""What a reader asks for: words, the beginning of one, and “phrases in quotation marks”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from partnership.lib.text.letters import UNSPACED, plain
from partnership.lib.text.stems import languages_of, stems
from partnership.lib.text.words import (
    COMPOUND,
    PAIR,
    compounds,
    letter_pairs,
    parts,
    token,
    word_pairs,
)

MOST_TERMS = 24
QUOTED = re.compile('["“”„«»]([^"“”„«»]{1,300})["“”„«»]')
# The star that a word may end with, kept apart from all other signs.
STARRED = re.compile(r"(?<=[^\W_])\*(?=\s|\Z)")
STAR = "\u0007"

# Words that a question may hold and a text may lack.
IDLE_WORDS = """
    a an and are as at by for from in is of on or s t the to with
    au aux avec c d de des du en et l la le les m n ou par pour qu sur un une
    con del e el las los o para por una y da das do dos em os um uma
    в и к на о от по с для من على الى في و عن
"""
IDLE = frozenset(plain(word) for word in IDLE_WORDS.split())


@dataclass(frozen=True)
class Term:
    """One thing asked for: found as that word, as its beginning, or by another form of it."""

    word: str
    stems: tuple[str, ...] = ()
    is_start: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing but the very word is found by it."""
        return not self.is_start and not self.stems

    @property
    def is_pair(self) -> bool:
        """Whether it is two words that stand beside each other."""
        return self.word.startswith(PAIR)


def query_terms(text: str, acronyms: Set[str] = frozenset()) -> list[Term]:
    """What is asked for: every term must be found. Idle words count only where nothing else is."""
    phrases = [term for said in QUOTED.findall(text) for term in _phrase(said)]
    loose = list(dict.fromkeys(_loose(QUOTED.sub(" ", text), acronyms, has_more=bool(phrases))))
    return list(dict.fromkeys([*phrases, *loose]))[:MOST_TERMS]


def _phrase(said: str) -> list[Term]:
    """Words in this order and form. Of a single one only the form is asked for."""
    found = [Term(pair) for pair in word_pairs(said)]
    words = [word for compound in compounds(said) for word in parts(compound)]
    runs = [pair for word in words if UNSPACED.match(word) for pair in _run(word)]
    alone = [token(word) for word in words if not UNSPACED.match(word)]
    return [*found, *map(Term, runs)] or [Term(word) for word in alone if word]


def _loose(text: str, acronyms: Set[str], *, has_more: bool) -> Iterator[Term]:
    """The words outside of quotation marks; the last may be unfinished."""
    asked = [
        (word, is_start)
        for compound, is_start in _starred(text)
        for word in _asked(compound, is_start=is_start)
    ]
    kept = [(word, is_start) for word, is_start in asked if plain(word) not in IDLE]
    kept = kept or ([] if has_more else asked)
    terms = [
        replace(term, is_start=is_start or term.is_start)
        for word, is_start in kept
        for term in _terms(word)
    ]
    yield from terms[:-1]
    if terms:
        yield _last(terms[-1], text, acronyms)


def _starred(text: str) -> Iterator[tuple[str, bool]]:
    for piece in re.split(rf"(?<={STAR})", STARRED.sub(STAR, text.replace(STAR, " "))):
        found = compounds(piece)
        for place, compound in enumerate(found, start=1):
            yield compound, piece.endswith(STAR) and place == len(found)


def _last(term: Term, text: str, acronyms: Set[str]) -> Term:
    """CA in capitals is a whole word, not the beginning of carbon; and DOE is no form of does.

    One letter of an alphabet begins a tenth of all words: it is only itself.
    """
    if acronyms & set(re.findall(r"[^\W_]+", text)[-1:]):
        return Term(term.word)
    is_a_letter = len(term.word) < 2 and not UNSPACED.match(term.word)
    return term if is_a_letter else replace(term, is_start=True)


def _asked(compound: str, *, is_start: bool) -> list[str]:
    """Co-operation is asked for as one word; Guinea-Bissau as two, as a text may have a space."""
    found = parts(compound)
    if is_start or ("'" not in compound and found[0].isalpha() and len(found[0]) <= 3):
        return ["".join(found)]
    return found


def _terms(word: str) -> Iterator[Term]:
    if UNSPACED.match(word):
        yield from map(Term, _run(word))
    elif found := token(word):
        told = (stems(word, language) for language in languages_of(found))
        yield Term(found, tuple(dict.fromkeys(stem for some in told for stem in some)))


def _run(word: str) -> list[str]:
    """The pairs of a run of letters without spaces; one letter alone is the beginning of a pair."""
    pairs = letter_pairs(word)
    return pairs[:-1] or pairs


def ends_with_capitals(text: str) -> bool:
    """Whether the last word is written as an acronym is: with two capitals or more."""
    last = COMPOUND.findall(text)[-1:]
    return any(sum(letter.isupper() for letter in word) > 1 for word in last)
