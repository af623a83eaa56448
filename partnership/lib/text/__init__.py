"""The analyser of search: what a text holds, and what a reader asks for, in the same tokens.

The databases only compare tokens. Each consists of letters and digits that SQLite's `unicode61` and
PostgreSQL's parser both keep as one word, so that both give the same hits.

The rule of languages: an entry holds each word twice, folded as it stands, and as the stem of the
entry's own language, marked with that language. A question asks for the word, or its stem in any
language of its script. So a text is found by every form that its own language gives a word, the
reader's language plays no part, and no stem of one language meets a word of another. Words in a
script that the entry's language does not use are stemmed by the first language that does.

The last word asked for may be unfinished: it is compared as the beginning of a folded word, while
its stems must agree whole. Synonyms are written into the entry, so that questions stay short and
an unfinished phrase finds them too. What stands in quotation marks is found by its pairs of words,
which an entry holds beside its tokens: no engine has to know where in a text a word stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from partnership.lib.text.asking import MOST_TERMS, Term, query_terms
from partnership.lib.text.synonyms import NO_SYNONYMS, Synonyms
from partnership.lib.text.words import compounds, forms, parts, whole_and_parts, word_pairs

__all__ = [
    "ANALYSER_VERSION",
    "MOST_TERMS",
    "NO_SYNONYMS",
    "Synonyms",
    "Term",
    "fitting",
    "pairs",
    "query_terms",
    "tokens",
]

# Raise the first number with every change of what an entry holds: all entries are written anew.
ANALYSER_VERSION = f"3 with snowball {version('snowballstemmer')}"

# PostgreSQL refuses a vector of more than 1 MB; the title needs some of it.
ROOM = 900_000


def tokens(text: str, language: str = "en", synonyms: Synonyms = NO_SYNONYMS) -> list[str]:
    """What an entry in this language holds of a text: its words, their stems and synonyms."""
    told = compounds(text)
    told += synonyms.of([word for compound in told for word in parts(compound)])
    return fitting(
        token
        for compound in told
        for word in whole_and_parts(compound)
        for token in forms(word, language)
    )


def pairs(text: str) -> list[str]:
    """Each word of a text with the next one, once: phrases are found by these."""
    return fitting(dict.fromkeys(word_pairs(text)))


def fitting(found: Iterable[str]) -> list[str]:
    """As many as a database takes; only a text of hundreds of pages has more."""
    kept, seen, room = [], set(), ROOM
    for token in found:
        room -= 2 if token in seen else len(token.encode()) + 8
        if room < 0:
            break
        seen.add(token)
        kept.append(token)
    return kept
