"""Which format a file of questions is in, by its name and its first lines."""

from __future__ import annotations

import re
from pathlib import PurePath

SUFFIXES = {".xml": "moodle", ".xlsx": "xlsx", ".gift": "gift", ".aiken": "aiken"}
TAKEN = (*SUFFIXES, ".txt", ".md")
LOOKED_AT = 200_000
AIKEN = re.compile(r"^\s*ANSWER:\s*[A-Z]\s*$", re.MULTILINE)
BRACES = re.compile(r"(?<!\\)\{[^{}]*(?<!\\)\}", re.DOTALL)
NUMBERED = re.compile(r"^\s*(?:Q(?:uestion)?\s*)?\d{1,4}\s*[.):]", re.MULTILINE | re.IGNORECASE)
LETTERED = re.compile(r"^\s*[A-Z][.)]\s+\S", re.MULTILINE)


def named(name: str) -> str:
    """The format that a name tells for certain, or nothing."""
    return SUFFIXES.get(PurePath(name.lower()).suffix, "")


def is_taken(name: str) -> bool:
    return PurePath(name.lower()).suffix in TAKEN


def sniffed(text: str) -> str:
    """The format of a text that does not tell it: answers in braces are GIFT."""
    head = text[:LOOKED_AT]
    if head.lstrip("\ufeff \t\r\n").startswith("<"):
        return "moodle"
    if BRACES.search(head):
        return "gift"
    is_bare = LETTERED.search(head) and not NUMBERED.search(head)
    return "aiken" if is_bare and AIKEN.search(head) else "pasted"
