"""Letters as they are compared: without case, accents, vowel marks and forms of one letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# No folded word holds this letter, so that it can mark what is not a plain word.
MARK = "ø"

# Signs with one meaning and many shapes; what joins a word or only stretches it goes.
SIGNS = str.maketrans(
    dict.fromkeys("’‘ʼʻʾʿʹ′`´＇", "'") | dict.fromkeys("\u2010\u2011", "-") | {"\u200b": " "}
)
UNWRITTEN = "\u0640"  # tatweel
# Letters that do not decompose into a base letter and a mark, and the forms of an Arabic letter.
PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"}
    | {"ŧ": "t", "ŋ": "n", "ə": "e", "є": "е", "ґ": "г"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ء": ""}
)
# Scripts written without spaces, and Hangul, whose words carry their endings unspaced.
UNSPACED = re.compile(
    r"(?:(?=[^\W\d_])[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    r"\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff])+"
)
# Another letter than its base: folding it would break Russian endings, Kana and Hangul.
WHOLE = re.compile(r"[й\u3040-\u30ff\uac00-\ud7a3]")
# Signs of two scripts that SQLite's older tables do not take for letters.
UNSURE = re.compile("[\u19b0-\u19c9\u1cf2\u1cf3]")


def written(text: str) -> str:
    """The text in lower case and in one encoding, with the accents that a stemmer needs."""
    text = unicodedata.normalize("NFKC", text.translate(SIGNS)).casefold()
    if text.isascii():
        return text
    return "".join(map(_kept, unicodedata.normalize("NFKC", text)))


def plain(word: str) -> str:
    """A word of `written` text as it is compared: only letters and ASCII digits are left."""
    return word if word.isascii() and word.isalnum() else "".join(map(_folded, word))


def folded(text: str) -> str:
    """The words of a name as they are compared, with one space between them."""
    return " ".join(filter(None, map(plain, written(text).split())))


@lru_cache(maxsize=8192)
def _kept(char: str) -> str:
    """Vowel marks, stretches and invisible signs inside a word do not part it."""
    if unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") or char in UNWRITTEN:
        return ""
    if UNSURE.match(char):
        return ""
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    if WHOLE.match(char):
        return char if char.isalpha() else ""
    parts = unicodedata.normalize("NFKD", char).translate(PLAIN)
    return "".join(part.lower() for part in parts if part.isalpha() or part in "0123456789")
