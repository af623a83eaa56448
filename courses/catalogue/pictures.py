"""How a lesson's text names a picture of its course. An address tells which files there are.

    ![Who decides what](/media/pictures/1f0c…/1280.webp "1280x720, 31 KB")

So a page knows the other widths without asking for anything. No database, clock or request.
"""

from __future__ import annotations

import re
from uuid import UUID

# A picture has a file of each of these widths that is less than its own, and one of its own.
WIDTHS = (360, 720, 1280)
PLACE = "/media/pictures/"
NAMED = re.compile(
    rf"{PLACE}([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/(\d{{1,4}})\.webp"
)
WEIGHT = re.compile(rf'{NAMED.pattern} "\d{{1,4}}x\d{{1,4}}, (\d{{1,5}}) KB"\)')
SIGNS = re.compile(r"([\\`*_\[\]<>&!])")


def address(uuid: UUID | str, width: int) -> str:
    return f"{PLACE}{uuid}/{width}.webp"


def widths_of(widest: int) -> list[int]:
    """The widths of a picture's files, the smallest first."""
    return [*(width for width in WIDTHS if width < widest), widest]


def sources(source: str) -> str:
    """What a page offers beside the widest file; nothing for what is no picture of a course."""
    found = NAMED.fullmatch(source)
    if found is None:
        return ""
    widths = widths_of(int(found[2]))
    return ", ".join(f"{address(found[1], width)} {width}w" for width in widths)


def named_in(text: str) -> set[str]:
    """Which pictures a text names."""
    return {found[1] for found in NAMED.finditer(text)}


def kb_of(text: str) -> int:
    """KB of the pictures of a lesson, each in its widest file."""
    return sum(int(found[3]) for found in WEIGHT.finditer(text))


def in_markdown(words: str, source: str, size: tuple[int, int], weight: int) -> str:
    """The picture as it stands in a text; nothing in its words is read as a sign."""
    told = SIGNS.sub(r"\\\1", " ".join(words.split()))
    return f'![{told}]({source} "{size[0]}x{size[1]}, {kb(weight)} KB")'


def kb(weight: int) -> int:
    return max(1, -(-weight // 1024))
