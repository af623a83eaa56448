"""What is made of a document: modules with lessons, told by its headings. Pure.

Heading 1 begins a module, heading 2 a lesson; what is below stays a heading of the lesson. Where a
document has headings of one of both kinds only, each begins a lesson of one module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_TITLE = 200
WORDS_A_MINUTE = 150
# Keeps the place of a picture in a text: nobody types these two signs.
PICTURE = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True)
class Section:
    """Words under a heading of level 1 or 2; before the first heading the level is 0."""

    level: int
    title: str
    text: str
    line: int = 0


@dataclass
class Lesson:
    title: str
    text: str
    line: int = 0
    number: int = 0

    @property
    def words(self) -> int:
        return len(PICTURE.sub(" ", self.text).split())

    @property
    def minutes(self) -> int:
        return min(999, max(1, -(-self.words // WORDS_A_MINUTE)))

    @property
    def pictures(self) -> int:
        return len(PICTURE.findall(self.text))


@dataclass
class Module:
    title: str
    lessons: list[Lesson] = field(default_factory=list)


def mark(number: int) -> str:
    return f"\ue000{number}\ue001"


def planned(sections: Iterable[Section], name: str) -> list[Module]:
    """The modules of a document of this name, each with at least one lesson."""
    found = [one for one in sections if one.level or one.text.strip()]
    levels = {one.level for one in found}
    has_both = {1, 2} <= levels
    modules: list[Module] = []
    for one in found:
        title = _title(one.title) or name
        if one.level == 1 and has_both:
            modules.append(Module(title))
            if not one.text.strip():
                continue
        if not modules:
            modules.append(Module(name))
        modules[-1].lessons.append(Lesson(title, one.text.strip(), one.line))
    # A chapter without a word in it is a heading somebody left there.
    return [module for module in modules if module.lessons]


def packed(modules: Sequence[Module]) -> list[dict[str, Any]]:
    return [asdict(module) for module in modules]


def unpacked(told: Sequence[dict[str, Any]]) -> list[Module]:
    return [Module(one["title"], [Lesson(**lesson) for lesson in one["lessons"]]) for one in told]


def _title(words: str) -> str:
    return " ".join(PICTURE.sub(" ", words).split())[:MOST_TITLE]
