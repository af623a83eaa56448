"""What a lesson's page weighs on the line, told before it is opened."""

from __future__ import annotations

# Measured: a page around its text, and how far text as HTML shrinks on its way.
AROUND = 2_800
SHRINKS_TO = 0.45
KB = 1024


def page_kb(letters: int) -> int:
    """KB of a compressed page that carries so many letters of HTML, rounded up."""
    return -int(-(AROUND + SHRINKS_TO * letters) // KB)
