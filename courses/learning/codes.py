"""Codes of certificates: drawn, read back from what people type, checked without a database.

32 symbols: the digits and the capitals without I, L, O and U. 11 of the 12 characters are random,
2^55 possibilities; the twelfth checks. Read as elements of the field of 32, the characters times
their weights sum to nought. The weights are twelve different powers, so every wrong character and
every two that changed places are noticed, wherever they stand.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM = 11
LENGTH = RANDOM + 1
# What a code never holds, and what is meant when somebody types it.
MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
# More than anybody types; the rest of a pasted page is not looked at.
LONGEST = 100


def draw() -> str:
    """A new code, without dashes."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + _check(body)


def parse_code(text: str) -> str | None:
    """The code that was meant, in any case, with any spaces or dashes; None if it can be none."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    typed = "".join(_digit(mark) for mark in plain if mark.isalnum()).translate(MEANT)
    is_whole = len(typed) == LENGTH and set(typed) <= set(ALPHABET)
    return typed if is_whole and _sum(typed) == 0 else None


def shown(code: str) -> str:
    """ABCD-EFGH-JKMN, as it is printed and read out."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _digit(mark: str) -> str:
    """A digit of any script as ours."""
    return str(unicodedata.digit(mark, mark))


def _double(element: int) -> int:
    """Times x in the field of 32, whose polynomial is x^5 + x^2 + 1."""
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def _sum(code: str) -> int:
    """The sum of the characters, the last one by itself, each before it times one power more."""
    total = 0
    for mark in code:
        total = _double(total) ^ ALPHABET.index(mark)
    return total


def _check(body: str) -> str:
    """The twelfth character, which makes the sum nought."""
    return ALPHABET[_sum(body + ALPHABET[0])]
