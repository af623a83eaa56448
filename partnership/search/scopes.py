"""Tokens that no text holds: an entry is a thing as a whole, or a page in some language.

With one of these beside the words asked for, the index itself tells the few from the many.
"""

from __future__ import annotations

from partnership.lib.text.letters import MARK

# No word, stem or pair of words begins with three marks.
SCOPE = MARK * 3
THING = f"{SCOPE}thing"


def pages_in(language: str) -> str:
    """Who reads `pt` reads `pt-br` as well."""
    return f"{SCOPE}page{language.partition('-')[0].lower()}"


def scope_of(page: int, language: str) -> str:
    return pages_in(language) if page else THING
