"""Which encoding the bytes of a text are in, among those that offices write.

A mark at the beginning decides, then zeros that betray UTF-16, then whether it is valid UTF-8. What
is left is one of three Windows encodings: each word is read in all three, and whichever gives words
that people write wins. The choice is shown and can be changed: a short list may read in two ways.
"""

from __future__ import annotations

import codecs
import re

UTF_8, UTF_8_MARKED = "utf-8", "utf-8-sig"
UTF_16_LE, UTF_16_BE = "utf-16-le", "utf-16-be"
WESTERN, CYRILLIC, ARABIC = "cp1252", "cp1251", "cp1256"
ALL = (UTF_8, UTF_8_MARKED, UTF_16_LE, UTF_16_BE, WESTERN, CYRILLIC, ARABIC)

MARKS = {
    codecs.BOM_UTF8: UTF_8_MARKED,
    codecs.BOM_UTF16_LE: UTF_16_LE,
    codecs.BOM_UTF16_BE: UTF_16_BE,
}
# A few hundred lines are enough to tell, and a sheet may have a hundred thousand.
MOST_WORDS = 3_000
WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
PLAIN = frozenset("\t\r\n ,;.@-_\"'" + "0123456789" + "abcdefghijklmnopqrstuvwxyz")
# The letters that make up most of what is written, so that rare ones count less.
COMMON_CYRILLIC = frozenset("оаеинтрсвлкмдпуяьыбгзйчіў")
COMMON_ARABIC = frozenset("المنيرتوبةعدسفهحكقىأجشص")
COMMON_WESTERN = frozenset("éèêëáàâãäåçñíïîóôöõøúüæœßÉÖÜÄÅÁÇÑØ’“”–—°«»")
PUNCTUATION = frozenset("’‘“”«»–—…№°·•§®©™\xa0€£،؛؟")


def detect(data: bytes) -> str:
    """The encoding of a text, by the name that Python gives it."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return encoding
    if b"\0" in data[:4096]:
        return _utf_16(data)
    try:
        data.decode(UTF_8)
    except UnicodeDecodeError:
        return _windows(data)
    return UTF_8


def _utf_16(data: bytes) -> str:
    """The order in which more signs are those of every list."""
    sample = data[: 4096 & ~1]

    def plain(encoding: str) -> int:
        text = sample.decode(encoding, "replace").lower()
        return sum(sign in PLAIN for sign in text)

    return max((UTF_16_LE, UTF_16_BE), key=plain)


def _windows(data: bytes) -> str:
    words = WORD.findall(data)[:MOST_WORDS]
    return max((WESTERN, CYRILLIC, ARABIC), key=lambda encoding: _score(words, encoding))


def _score(words: list[bytes], encoding: str) -> float:
    judge = {WESTERN: _western, CYRILLIC: _cyrillic, ARABIC: _arabic}[encoding]
    total = 0.0
    for word in words:
        try:
            total += judge(word.decode(encoding))
        except UnicodeDecodeError:
            total -= 3 * len(word)
    return total


def _own(word: str) -> str:
    """The word without quotation marks and dashes that stick to it."""
    return "".join(sign for sign in word if sign not in PUNCTUATION)


def _is_cased(word: str) -> bool:
    """Small, capital, or beginning with a capital: not a mixture."""
    return word.islower() or word.isupper() or word.istitle()


def _western(word: str) -> float:
    word = _own(word)
    marked = [sign for sign in word if not sign.isascii()]
    if not marked:
        return 0.5
    if any(not sign.isalpha() for sign in marked):
        return -2.0 * len(word)
    share = sum(sign in COMMON_WESTERN for sign in marked) / len(marked)
    if len(marked) > 1 and len(marked) * 2 > len(word):
        return -1.0 * len(word)
    return len(marked) * (1 + share) * (1.0 if _is_cased(word) else 0.2) * 1.5


def _cyrillic(word: str) -> float:
    word = _own(word)
    if not word:
        return 0.5
    own = [sign for sign in word if "\u0400" <= sign <= "\u04ff"]
    if len(own) < len(word):
        return -2.0 * len(word)
    share = sum(sign in COMMON_CYRILLIC for sign in word.lower()) / len(word)
    return len(word) * (0.4 + share) if _is_cased(word) else -1.0 * len(word)


def _arabic(word: str) -> float:
    word = _own(word)
    if not word:
        return 0.5
    own = [sign for sign in word if "\u0600" <= sign <= "\u06ff" or sign in "\u200c\u200d\u0640"]
    if len(own) < len(word):
        return -2.0 * len(word)
    return len(word) * (0.4 + sum(sign in COMMON_ARABIC for sign in word) / len(word))
