"""Papers set by typst from a layout in `paper/` and from data.

What people wrote goes in as data, never as code; the fonts are ours alone, so that a page looks
the same on every machine. PDF/UA-1: typst refuses to write a file that its tags would not carry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from courses.learning.lettering import FONTS, SANS, SERIF, Lettering, fonts_of, letter

PAPER = Path(__file__).parent / "paper"
INK, SOFT, ACCENT = "#14272c", "#4a5d62", "#0b5f66"
VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)')
# Lines of our fonts are up to this high, as a share of their size.
HIGHEST_LINE = 2.5


def drawn(name: str, context: dict[str, Any]) -> bytes:
    """A PDF of the layout with this name."""
    *others, base = fonts_of("".join(_words(context)), base=SANS)
    body = {"body": [base, *others]}
    return _compiled(name, {**context, **body}, format="pdf", pdf_standards="ua-1")


def lettered(
    text: str, size: float, room: float, *, ink: str = INK, base: str = SERIF
) -> dict[str, Any]:
    """A text as data, with its fonts, to be set in so many points within so many.

    A letter that no font holds is shown as a question mark, never dropped.
    """
    found = letter(text, base=base)
    if found is None:
        found = letter("".join(mark if letter(mark) else "?" for mark in text), base=base)
    assert found is not None
    how = {
        "text": found.text,
        "fonts": list(found.fonts),
        "direction": found.direction,
        "size": size,
        "fill": ink,
    }
    outline = _outline(found, how, room) if found.has_marks else None
    return {**how, "language": found.language, "outline": outline}


def qr_code(address: str) -> str:
    """A square code as an SVG of one path."""
    svg = BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(svg, kind="svg", border=0, dark=INK, xmldecl=False, nl=False)
    return svg.getvalue().decode()


def _outline(found: Lettering, how: dict[str, Any], room: float) -> dict[str, Any]:
    """The text drawn as an SVG of shapes, how wide it is, and whether it is one line."""
    svg = _compiled("outline", {**how, "room": room}, format="svg").decode()
    view = VIEW.search(svg)
    assert view is not None
    is_line = float(view[2]) < HIGHEST_LINE * how["size"]
    return {"svg": svg, "width": float(view[1]), "is_line": is_line}


def _compiled(name: str, context: dict[str, Any], **how: Any) -> bytes:
    made = typst.compile(
        PAPER / f"{name}.typ",
        root=PAPER,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(context, ensure_ascii=False)},
        **how,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _words(value: Any) -> Iterator[str]:
    """The texts that are set in the paper's own type; lettered ones bring their fonts along."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict) and "fonts" not in value:
        yield from _words(list(value.values()))
