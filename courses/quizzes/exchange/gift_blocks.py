"""A GIFT file cut into questions at its empty lines, each with its comments, category and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.quizzes.exchange.building import category_of

CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)\Z")
NAMED = re.compile(r"\[(id|tag):((?>(?:[^\]\\]|\\.)+))\]")


@dataclass
class Block:
    """One question as it stands there. A comment in it is an empty line, so that lines count."""

    line: int
    category: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    key: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def comment(self, line: str) -> None:
        for what, written in NAMED.findall(line):
            name = re.sub(r"\\(.)", r"\1", written).strip()
            if what == "id":
                self.key = name
            elif name and name not in self.tags:
                self.tags.append(name)


def blocks(text: str) -> Iterator[Block]:
    category: tuple[str, ...] = ()
    block = Block(1)
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if not line.strip():
            if any(part.strip() for part in block.lines):
                yield block
            block = Block(number + 1, category)
        elif line.lstrip().startswith("//"):
            block.comment(line)
            block.lines.append("")
            block.source.append(line)
        elif not any(block.lines) and (found := CATEGORY.match(line)):
            category = block.category = category_of(found[1])
            block.lines.append("")
            block.source.append(line)
        else:
            block.lines.append(line)
            block.source.append(line)
