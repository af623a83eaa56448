"""Whether two documents are perhaps the same: by their address, or by the words of their text."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import islice
from random import Random
from urllib.parse import urlsplit

# So many smallest hashes of a text are kept: enough to tell 0.8 from 0.5.
HASHES = 64
DIGITS = 8
WORDS_A_SHINGLE = 4
MOST_SHINGLES = 20_000
FEWEST_SHINGLES = 20
ALIKE = 0.7
PRIME = (1 << 61) - 1
MASK = (1 << 32) - 1
# The same numbers everywhere and always: sketches are compared with those of earlier years.
_drawn = Random(6)  # noqa: S311 - no secret
FACTORS = [(_drawn.randrange(1, PRIME), _drawn.randrange(PRIME)) for _ in range(HASHES)]
# Where no spaces stand between words, each letter is one.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|[^\W_]+")


def address_key(address: str) -> str:
    """The address without scheme, `www.`, port, fragment and closing stroke, its host in small."""
    if not address:
        return ""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address[:500]
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"[:500]


def sketch(text: str) -> str:
    """Sixty-four numbers that two texts share as often as they share their runs of four words."""
    words = WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + WORDS_A_SHINGLE]) for at in range(len(words) - 3))
    hashes = {_hash(run) for run in islice(runs, MOST_SHINGLES)}
    if len(hashes) < FEWEST_SHINGLES:
        return ""
    smallest = (min((a * one + b) % PRIME for one in hashes) & MASK for a, b in FACTORS)
    return "".join(f"{number:0{DIGITS}x}" for number in smallest)


def likeness(one: str, other: str) -> float:
    """How many of the numbers of two sketches are the same, from 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    places = range(0, len(one), DIGITS)
    same = sum(one[at : at + DIGITS] == other[at : at + DIGITS] for at in places)
    return same / HASHES


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=7).digest())
