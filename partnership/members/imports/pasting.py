"""Addresses as people paste them: one to a line or many, with names or without."""

from __future__ import annotations

import re

PIECE = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^",;<>\n])+|"', re.UNICODE)
NAMED = re.compile(r"^(?P<name>.*?)\s*<(?P<email>[^<>]*)>\s*$", re.DOTALL)


def addresses_in(text: str) -> list[tuple[str, str]]:
    """Pairs of an address and a name. What is no address comes back too, to be told of."""
    found = []
    for line in text.replace("\r", "\n").split("\n"):
        kept = ""
        for piece in PIECE.findall(line):
            part = f"{kept}, {piece.strip()}" if kept else piece.strip()
            # "Do, An <an@x.example>": a name may hold a comma.
            if "@" not in part:
                kept = part
                continue
            found.append(_pair(part))
            kept = ""
        if kept.strip('" '):
            found.append(_pair(kept))
    return [pair for pair in found if any(pair)]


def _pair(part: str) -> tuple[str, str]:
    named = NAMED.match(part)
    if named is None:
        return part.strip('" '), ""
    return named["email"].strip(), named["name"].strip().strip('"').strip()
