"""What a lesson's page weighs on the line, told before it is opened."""

from __future__ import annotations

from collections.abc import Iterable

# Measured: a page around its text, and how far text as HTML shrinks on its way.
AROUND = 2_800
SHRINKS_TO = 0.45
KB = 1024
# The same page unpacked, as a device keeps it, and the style sheet of a downloaded file.
AROUND_KEPT = 11_500
AROUND_FILE = 3_500


def page_kb(letters: int) -> int:
    """KB of a compressed page that carries so many letters of HTML, rounded up."""
    return -int(-(AROUND + SHRINKS_TO * letters) // KB)


def kept_kb(pages: Iterable[int]) -> int:
    """KB that a module takes on a device: each lesson, all of them on one page, the course.

    `pages` are what `page_kb` told of its lessons.
    """
    letters = [_letters(kb) for kb in pages]
    return -int(-(2 * sum(letters) + AROUND_KEPT * (len(letters) + 2)) // KB)


def file_kb(pages: Iterable[int]) -> int:
    """KB of a module as one file to download, which nothing packs."""
    return -int(-(AROUND_FILE + sum(_letters(kb) for kb in pages)) // KB)


def _letters(kb: int) -> float:
    """About how many letters a page of so many KB carries: half a KB less than rounded up."""
    return max(0, ((kb - 0.5) * KB - AROUND) / SHRINKS_TO)
