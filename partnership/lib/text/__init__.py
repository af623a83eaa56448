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
an unfinished phrase finds them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version

from partnership.lib.text import synonyms
from partnership.lib.text.letters import MARK, UNSPACED, plain, written
from partnership.lib.text.stems import LONGEST, languages_of, stems, without_article

__all__ = ["ANALYSER_VERSION", "Term", "query_terms", "tokens"]

# Raise the first number with every change of what an entry holds: all entries are written anew.
ANALYSER_VERSION = f"1 with snowball {version('snowballstemmer')}"

# PostgreSQL refuses a vector of more than 1 MB; the title needs some of it.
ROOM = 900_000
MOST_TERMS = 24

WORD = r"[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*"
COMPOUND = re.compile(rf"{WORD}(?:[-']{WORD})*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# PostgreSQL reads 3e10a as a number and a word.
EXPONENT = re.compile(r"\A(\d+)(?=e\d)")

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
    """One word asked for: found as that word, as the beginning of one, or as one of its stems."""

    word: str
    stems: tuple[str, ...] = ()
    is_start: bool = False


def tokens(text: str, language: str = "en") -> list[str]:
    """What an entry in this language holds of a text: its words, their stems and synonyms."""
    compounds = _compounds(text)
    compounds += _synonyms([word for compound in compounds for word in _parts(compound)])
    return _fitting(
        token
        for compound in compounds
        for word in _words(compound)
        for token in _forms(word, language)
    )


def query_terms(text: str) -> list[Term]:
    """What is asked for: every term must be found. Idle words count only where nothing else is."""
    words = [word for compound in _compounds(text) for word in _asked(compound)]
    words = [word for word in words if plain(word) not in IDLE] or words
    terms = list(dict.fromkeys(term for word in words for term in _terms(word)))[:MOST_TERMS]
    if not terms:
        return []
    last = terms[-1]
    whole = _ends_with_acronym(text)
    return [*terms[:-1], Term(last.word) if whole else replace(last, is_start=True)]


def _compounds(text: str) -> list[str]:
    """The words as written, joined where a hyphen or an apostrophe joins them."""
    text = THOUSANDS.sub("", written(text))
    return COMPOUND.findall(text if text.isascii() else UNSPACED.sub(r" \g<0> ", text))


def _parts(compound: str) -> list[str]:
    return re.split("[-']", compound)


def _words(compound: str) -> list[str]:
    """The parts, and the whole as somebody writes it who leaves out the sign."""
    parts = _parts(compound)
    return parts if len(parts) == 1 else [*parts, "".join(parts)]


def _asked(compound: str) -> list[str]:
    """Co-operation is asked for as one word; Guinea-Bissau as two, as a text may have a space."""
    parts = _parts(compound)
    if "'" not in compound and parts[0].isalpha() and len(parts[0]) <= 3:
        return ["".join(parts)]
    return parts


def _forms(word: str, language: str) -> list[str]:
    """The tokens of one word."""
    if UNSPACED.match(word):
        return _pairs(word)
    if "." in word:
        return _dotted(word)
    token = _token(word)
    bare = without_article(token)
    return [token, *([bare] if bare != token else []), *stems(word, language)] if token else []


def _terms(word: str) -> Iterator[Term]:
    if UNSPACED.match(word):
        pairs = _pairs(word)
        yield from map(Term, pairs[:-1] or pairs)
    elif token := _token(word):
        found = (stems(word, language) for language in languages_of(token))
        yield Term(token, tuple(dict.fromkeys(stem for some in found for stem in some)))


def _token(word: str) -> str:
    """A word or a number such as 6.4 as one word of the databases."""
    token = MARK.join(plain(part) for part in word.split("."))[:LONGEST]
    return EXPONENT.sub(rf"\1{MARK}", token)


def _pairs(run: str) -> list[str]:
    """Each letter with the next; the last stands alone, so that it can be found by itself."""
    run = plain(run)
    return [run[place : place + 2] for place in range(len(run))]


def _dotted(word: str) -> list[str]:
    """6.4.1 is also found by 6 and 6.4, and a date by its year."""
    parts = word.split(".")
    starts = [_token(".".join(parts[: end + 1])) for end in range(len(parts))]
    return [*starts, *(_token(part) for part in parts[1:] if len(part) > 2)]


def _fitting(found: Iterable[str]) -> list[str]:
    """As many as a database takes; only a text of hundreds of pages has more."""
    kept, seen, room = [], set(), ROOM
    for token in found:
        room -= 2 if token in seen else len(token.encode()) + 8
        if room < 0:
            break
        seen.add(token)
        kept.append(token)
    return kept


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """Phrases are compared by the English stems of their words: singular or plural, s or z."""
    return next(iter(stems(word, "en")), "") or _token(word)


def _phrase(form: str) -> tuple[str, ...]:
    return tuple(_key(word) for compound in _compounds(form) for word in _parts(compound))


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], list[str]]]]:
    """By its first word, each phrase and the words of its synonyms."""
    found: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
    for group in synonyms.SYNONYMS:
        for form in set(group) - synonyms.ALSO_SOMETHING_ELSE:
            phrase = _phrase(form)
            others = [word for other in group if other != form for word in _compounds(other)]
            found.setdefault(phrase[0], []).append((phrase, others))
    return found


def _synonyms(words: list[str]) -> list[str]:
    """The words of all synonyms, each once: said often, a thing would else weigh too much."""
    keys, phrases = [_key(word) for word in words], _phrases()
    found = (
        others
        for place, key in enumerate(keys)
        for phrase, others in phrases.get(key, ())
        if tuple(keys[place : place + len(phrase)]) == phrase
    )
    return list(dict.fromkeys(word for others in found for word in others))


def _ends_with_acronym(text: str) -> bool:
    """CA in capitals is a whole word, not the beginning of carbon; and DOE is no form of does."""
    return bool(synonyms.ACRONYMS & set(re.findall(r"[^\W_]+", text)[-1:]))
