"""Markdown as it is read in one line of a list: its words without its signs."""

from __future__ import annotations

import re

LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)")
# Fences, headings, quotations and points of a list; the line under the head of a table.
BEGINNINGS = re.compile(r"(?m)^[ \t]*(?:(?:```|:::|~~~).*$|#{1,6} +|> ?|[-*+] +|\|?[ :|-]{3,}\|?$)")
SIGNS = re.compile(r"[*`|]+|(?<!\w)_+|_+(?!\w)")


def unmarked(text: str) -> str:
    """The words of a text, in one line."""
    text = BEGINNINGS.sub(" ", LINK.sub(r"\1", text))
    return " ".join(SIGNS.sub(" ", text).split())
