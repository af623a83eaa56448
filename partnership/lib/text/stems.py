"""Stems of words, each marked with its language so that it meets only its own kind.

The French stem of `parties` is `part`: unmarked, it would find every English text about a part.
A stem counts only in an entry that was stemmed by the same language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from partnership.lib.text.letters import MARK, plain

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

# By the first letter of a folded word; the first language is meant where an entry's own is not.
SCRIPTS = (("a", "z", ("en", "fr", "es", "pt")), ("а", "ӿ", ("ru",)), ("ء", "ۿ", ("ar",)))
LONGEST = 40

# British verbs as American ones; supervise and exercise are the same on both sides.
BRITISH = re.compile(r"(?<=[a-z]{2}[abd-uw-z])is(?=(?:e[drs]?|ers|ing|able|ations?|ational)$)")
AMERICAN = {
    "behaviour": "behavior",
    "centr": "center",
    "colour": "color",
    "defenc": "defens",
    "favour": "favor",
    "harbour": "harbor",
    "labour": "labor",
    "licenc": "licens",
    "litr": "liter",
    "metr": "meter",
    "neighbour": "neighbor",
    "programm": "program",
}
# The article and what grows together with it: and the, by the, to the.
ARTICLE = re.compile(r"(?:[وفبك]?ال|لل)(?=\w{3})")


@cache
def stemmers() -> dict[str, type[BaseStemmer]]:
    """By language: the stemmers themselves, not `snowballstemmer.stemmer`.

    That one takes another implementation where it finds one, and a web server and a worker might
    then disagree.
    """
    # Slow to import, as thirty languages come along, and most processes never search.
    from snowballstemmer.arabic_stemmer import ArabicStemmer  # noqa: PLC0415
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415
    from snowballstemmer.french_stemmer import FrenchStemmer  # noqa: PLC0415
    from snowballstemmer.portuguese_stemmer import PortugueseStemmer  # noqa: PLC0415
    from snowballstemmer.russian_stemmer import RussianStemmer  # noqa: PLC0415
    from snowballstemmer.spanish_stemmer import SpanishStemmer  # noqa: PLC0415

    return {
        "en": EnglishStemmer,
        "fr": FrenchStemmer,
        "es": SpanishStemmer,
        "pt": PortugueseStemmer,
        "ru": RussianStemmer,
        "ar": ArabicStemmer,
    }


def languages_of(folded: str) -> tuple[str, ...]:
    """The languages whose stemmers read a word in this script."""
    for first, last, languages in SCRIPTS:
        if first <= folded[:1] <= last:
            return languages
    return ()


def stems(word: str, language: str) -> tuple[str, ...]:
    """The marked stems of a word in a text of this language.

    Two where accents matter to the stemmer: of the word as written, and of the word as somebody
    types it who leaves them out.
    """
    folded = plain(word)
    languages = languages_of(folded)
    if not languages or len(folded) > LONGEST or not folded.isalpha():
        return ()
    own = language.lower().split("-")[0]
    return _stems(word, folded, own if own in languages else languages[0])


def without_article(folded: str) -> str:
    """An Arabic word as it stands in a dictionary; any other as it is."""
    return ARTICLE.sub("", folded, count=1) if ARTICLE.match(folded) else folded


@lru_cache(maxsize=10_000)
def stem_of(folded: str, language: str) -> str:
    """The bare stem of a folded word, which may be no word of any text."""
    return plain(_stem(folded, stemmers()[language](), language)) or folded


@lru_cache(maxsize=50_000)
def _stems(word: str, folded: str, language: str) -> tuple[str, ...]:
    # A new stemmer each time: one holds the word it works on, and threads would mix theirs up.
    found = (plain(_stem(form, stemmers()[language](), language)) for form in (word, folded))
    return tuple(dict.fromkeys(f"{MARK}{language}{stem}" for stem in found if stem))


def _stem(word: str, stemmer: BaseStemmer, language: str) -> str:
    if language == "en":
        stem = stemmer.stemWord(BRITISH.sub("iz", word))
        return str(AMERICAN.get(stem, stem))
    return str(stemmer.stemWord(without_article(word) if language == "ar" else word))
