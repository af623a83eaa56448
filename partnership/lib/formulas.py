"""Formulas between dollar signs: as much of LaTeX as is read, out comes MathML. Pure.

The library's own text is not trusted: what it makes is built again from the elements and
attributes below, every letter escaped. `markdown` cleans it once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

MOST_LETTERS = 500
# A sum of money is none: behind the first sign and before the second stands no space, beside them
# no letter or figure. `$$` may stand in a line too.
INLINE = re.compile(
    r"(?<![\\$\w])(?P<sign>\${1,2})(?![\s$])"
    r"(?P<source>(?:[^$\\\n]|\\[^\n]){1,500})(?<![\s\\])(?P=sign)(?![\w$])"
)
# What begins with a figure is a formula only where it says something of figures.
OF_FIGURES = re.compile(r"[\\^_=+*<>{}×·≤≥≈−-]|\A\d+[A-Za-z]\Z")
# Elements that say something of so many others.
PARTS = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
# A space that stays one, and what is read aloud but not seen: application, times, comma, plus.
UNSEEN = "\u00a0\u2061\u2062\u2063\u2064"
TAGS = frozenset(
    {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom"}
    | {"mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"}
    | {"mtable", "mtr", "mtd"}
)
ATTRIBUTES = {
    "math": frozenset({"display", "alttext"}),
    "mo": frozenset({"stretchy", "fence", "form", "separator", "accent", "movablelimits"})
    | {"lspace", "rspace", "minsize", "maxsize"},
    "mi": frozenset({"mathvariant"}),
    "mfrac": frozenset({"linethickness"}),
    "mspace": frozenset({"width", "height", "depth"}),
    "mpadded": frozenset({"width", "height", "depth"}),
    "mstyle": frozenset({"displaystyle", "scriptlevel"}),
    "mover": frozenset({"accent"}),
    "munder": frozenset({"accentunder"}),
}
VALUE = re.compile(r"-?[\w.]{1,20}%?\Z")
COMMAND = re.compile(r"\\[A-Za-z]+")
# So many elements stand in each other in no formula that somebody reads.
DEEPEST = 40


class Unread(ValueError):
    """What stands there is no formula that can be drawn; `why` is a word of it, or nothing."""

    def __init__(self, why: str = ""):
        super().__init__(why)
        self.why = why


def found_at(text: str, at: int = 0) -> re.Match[str] | None:
    """The formula that begins exactly here."""
    found = INLINE.match(text, at)
    return found if found and is_meant(found["source"]) else None


def found_in(text: str) -> Iterator[re.Match[str]]:
    """All formulas of a text."""
    return (found for found in INLINE.finditer(text) if is_meant(found["source"]))


def is_readable(source: str) -> bool:
    """Whether it can be drawn."""
    try:
        mathml(source)
    except Unread:
        return False
    return True


def is_meant(source: str) -> bool:
    return not source[0].isdigit() or OF_FIGURES.search(source) is not None


@lru_cache(maxsize=2_000)
def mathml(source: str, *, is_block: bool = False) -> str:
    """The formula as an element `math` that carries its source. Raises Unread."""
    if len(source) > MOST_LETTERS or not _is_balanced(source):
        raise Unread
    # Slow to import, and most processes never show a formula.
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415

    display = "block" if is_block else "inline"
    try:
        root = convert_to_element(source, display=display)
    except Exception as error:
        # The library breaks in many ways on what it does not know; all of them mean the same.
        raise Unread from error
    made = _built(root)
    made.set("alttext", " ".join(source.split()))
    return ElementTree.tostring(made, encoding="unicode", short_empty_elements=False)


def _is_balanced(source: str) -> bool:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", source, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or depth > DEEPEST:
            return False
    return depth == 0


def _built(element: Element, depth: int = 0) -> Element:
    """The same of nothing but what is named above. What else there is keeps its words."""
    if depth > DEEPEST * 2:
        raise Unread
    tag = element.tag if element.tag in TAGS else "mrow"
    if len(element) != PARTS.get(tag, len(element)):
        raise Unread
    allowed = ATTRIBUTES.get(tag, frozenset())
    kept = {n: v for n, v in element.attrib.items() if n in allowed and VALUE.match(v)}
    made = Element(tag, kept)
    made.text = _text(element)
    made.extend([_built(child, depth + 1) for child in element])
    return made


def _text(element: Element) -> str | None:
    """The letters themselves. A command that nobody knew comes back as it was typed."""
    raw = element.text or ""
    if element.tag != "mtext" and (command := COMMAND.match(raw)):
        raise Unread(command[0])
    text = "".join(sign for sign in unescape(raw) if sign.isprintable() or sign in UNSEEN)
    return text or None
