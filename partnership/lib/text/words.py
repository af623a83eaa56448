"""The words of a text, and the tokens of each word: letters and digits, whole in any database."""

from __future__ import annotations

import re
from functools import lru_cache

from partnership.lib.text.letters import MARK, UNSPACED, plain, written
from partnership.lib.text.stems import LONGEST, stems, without_article

WORD = r"[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*"
COMPOUND = re.compile(rf"{WORD}(?:[-']{WORD})*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A parser of numbers reads 3e10a as a number and a word.
EXPONENT = re.compile(r"\A(\d+)(?=e\d)")
# No word or stem begins with two marks: a pair of words can be told from what it is made of.
PAIR = MARK * 2


def compounds(text: str) -> list[str]:
    """The words as written, joined where a hyphen or an apostrophe joins them."""
    text = THOUSANDS.sub("", written(text))
    return COMPOUND.findall(text if text.isascii() else UNSPACED.sub(r" \g<0> ", text))


def parts(compound: str) -> list[str]:
    return re.split("[-']", compound)


def whole_and_parts(compound: str) -> list[str]:
    """The parts, and the whole as somebody writes it who leaves out the sign."""
    found = parts(compound)
    return found if len(found) == 1 else [*found, "".join(found)]


@lru_cache(maxsize=100_000)
def forms(word: str, language: str) -> tuple[str, ...]:
    """The tokens of one word in a text of this language."""
    if UNSPACED.match(word):
        return tuple(letter_pairs(word))
    if "." in word:
        return tuple(_dotted(word))
    found = token(word)
    if not found:
        return ()
    bare = without_article(found)
    return (found, *([bare] if bare != found else []), *stems(word, language))


def token(word: str) -> str:
    """A word or a number such as 6.4 as one word of the databases."""
    found = MARK.join(plain(part) for part in word.split("."))[:LONGEST]
    return EXPONENT.sub(rf"\1{MARK}", found)


def letter_pairs(run: str) -> list[str]:
    """Each letter with the next; the last stands alone, so that it can be found by itself."""
    run = plain(run)
    return [run[place : place + 2] for place in range(len(run))]


def word_pairs(text: str) -> list[str]:
    """Each word with the next one, as it stands: what phrases are found by.

    Scripts without spaces have their pairs of letters for that.
    """
    found, before = [], ""
    for compound in compounds(text):
        for word in parts(compound):
            now = "" if UNSPACED.match(word) else token(word)
            if before and now:
                found.append(f"{PAIR}{before}{PAIR}{now}")
            before = now
    return found


def _dotted(word: str) -> list[str]:
    """6.4.1 is also found by 6 and 6.4, and a date by its year."""
    split = word.split(".")
    starts = [token(".".join(split[: end + 1])) for end in range(len(split))]
    return [*starts, *(token(part) for part in split[1:] if len(part) > 2)]
