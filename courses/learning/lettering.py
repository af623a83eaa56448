"""In which of our fonts a text can be set. `fonts/coverage.txt` says what each font holds."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SANS, SERIF = "Noto Sans", "Noto Serif"
HAN = ("Noto Sans SC", "Noto Sans JP")
# Marks of direction and of joining: they are set, not seen.
UNSEEN = {"\u200c", "\u200d", "\u200e", "\u200f", "\u061c"}
# A reader's program pronounces these by themselves; other scripts serve several languages.
LANGUAGES = {
    "Noto Sans Lao": "lo",
    "Noto Sans Khmer": "km",
    "Noto Sans Georgian": "ka",
    "Noto Sans Thai": "th",
    "Noto Sans Armenian": "hy",
    "Noto Sans Myanmar": "my",
    "Noto Sans Sinhala": "si",
    "Noto Sans Tamil": "ta",
    "Noto Sans JP": "ja",
    "Noto Sans KR": "ko",
    "Noto Sans SC": "zh",
}


@dataclass(frozen=True)
class Lettering:
    """A text, the fonts to set it in, its direction and perhaps its language."""

    text: str
    fonts: tuple[str, ...]
    direction: str
    language: str

    @property
    def has_marks(self) -> bool:
        """Marks above or below letters, or letters that take their shape from their neighbours."""
        return any(
            unicodedata.category(mark).startswith("M")
            or unicodedata.bidirectional(mark) in ("R", "AL")
            for mark in self.text
        )


def letter(text: str, *, base: str = SERIF) -> Lettering | None:
    """How to set the text, or None if a letter of it is in none of our fonts."""
    text = unicodedata.normalize("NFC", text)
    fonts = fonts_of(text, base=base)
    if not all(any(holds(font, mark) for font in fonts) for mark in _seen(text)):
        return None
    language = LANGUAGES.get(fonts[0], "") if len(fonts) == 2 else ""
    return Lettering(text, fonts, _direction(text), language)


def fonts_of(text: str, *, base: str) -> tuple[str, ...]:
    """The fonts that the text needs, and the base at the end.

    What the scripts share (spaces, joiners) is set in a script's own font: words stay whole.
    """
    fonts: list[str] = []
    for mark in _seen(text):
        if not any(holds(font, mark) for font in (base, *fonts)):
            font = _font_of(mark, text)
            fonts += [font] if font else []
    return (*fonts, base)


def is_latin(text: str) -> bool:
    """Whether all its letters are Latin, with whatever marks on them."""
    letters = [mark for mark in unicodedata.normalize("NFC", text) if mark.isalpha()]
    return all("LATIN" in unicodedata.name(mark, "") for mark in letters)


def holds(font: str, mark: str) -> bool:
    starts, ends = _coverage()[font]
    place = bisect_right(starts, ord(mark)) - 1
    return place >= 0 and ord(mark) <= ends[place]


def _font_of(mark: str, text: str) -> str | None:
    """The first font that holds the letter. Han letters look different in China and in Japan."""
    others = [font for font in _coverage() if font not in (SANS, SERIF, *HAN)]
    return next((font for font in (*others, *_han(text)) if holds(font, mark)), None)


def _han(text: str) -> Iterable[str]:
    """Kana tells a Japanese name; else the first font that holds every Han letter of it."""
    names = [unicodedata.name(mark, "") for mark in text]
    if any(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return reversed(HAN)
    ideographs = [mark for mark, name in zip(text, names, strict=True) if name.startswith("CJK")]
    return sorted(HAN, key=lambda font: not all(holds(font, mark) for mark in ideographs))


def _seen(text: str) -> Iterable[str]:
    return (mark for mark in text if mark not in UNSEEN)


def _direction(text: str) -> str:
    """By the first letter that has one."""
    kinds = (unicodedata.bidirectional(mark) for mark in text)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


@cache
def _coverage() -> dict[str, tuple[list[int], list[int]]]:
    """For each font the first and the last of each range of letters, both ascending."""
    found = {}
    for line in (FONTS / "coverage.txt").read_text().splitlines():
        font, _, ranges = line.partition(": ")
        ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
        found[font] = ([pair[0] for pair in ends], [pair[-1] for pair in ends])
    return found
