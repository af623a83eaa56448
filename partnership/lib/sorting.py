"""One order of names on every database."""

from __future__ import annotations

import re
import unicodedata

# Letters that do not decompose into a base letter and a mark.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def sort_key(name: str) -> str:
    """The name in plain lower-case letters: Côte d'Ivoire and Türkiye sort by letter."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).translate(PLAIN)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^\w]+", " ", letters).strip()
