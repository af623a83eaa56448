"""Two texts side by side: by line, and within a changed line by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

# Lines beside a change that show where it is.
AROUND = 2
# Beyond this, in a line and in all of them, a line is shown as another one: telling its words
# apart would take too long.
LONGEST_LINE, MOST_LETTERS = 2_000, 60_000
MOST_LINES = 4_000

Kind = Literal["same", "changed", "gone", "new", "left out"]


@dataclass(frozen=True)
class Bit:
    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Row:
    """A line of each text, or what stands for lines that are the same."""

    kind: Kind
    before: tuple[Bit, ...] = ()
    after: tuple[Bit, ...] = ()
    count: int = 0


def compare(before: str, after: str) -> list[Row]:
    """Rows from the top; equal lines far from any change are counted, not shown."""
    old, new = before.split("\n")[:MOST_LINES], after.split("\n")[:MOST_LINES]
    rows: list[Row] = []
    left = MOST_LETTERS
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > 300)
    blocks = matcher.get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal":
            rows += _same(old[i1:i2], is_first=at == 0, is_last=at == len(blocks) - 1)
        else:
            rows += _changed(old[i1:i2], new[j1:j2], left)
            left -= sum(map(len, [*old[i1:i2], *new[j1:j2]]))
    return rows


def _same(lines: list[str], *, is_first: bool, is_last: bool) -> list[Row]:
    head, tail = 0 if is_first else AROUND, 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        return [_both(line) for line in lines]
    hidden = Row("left out", count=len(lines) - head - tail)
    after = [_both(line) for line in lines[len(lines) - tail :]] if tail else []
    return [*map(_both, lines[:head]), hidden, *after]


def _both(line: str) -> Row:
    return Row("same", (Bit(line),), (Bit(line),))


def _changed(old: list[str], new: list[str], letters: int) -> list[Row]:
    rows = []
    for left, right in zip_longest(old, new):
        if left is None:
            rows.append(Row("new", after=(Bit(right, True),)))
        elif right is None:
            rows.append(Row("gone", before=(Bit(left, True),)))
        else:
            letters -= len(left) + len(right)
            bits = _words(left, right) if letters > 0 else ((Bit(left, True),), (Bit(right, True),))
            rows.append(Row("changed", *bits))
    return rows


def _words(left: str, right: str) -> tuple[tuple[Bit, ...], tuple[Bit, ...]]:
    if max(len(left), len(right)) > LONGEST_LINE:
        return (Bit(left, True),), (Bit(right, True),)
    old, new = re.findall(r"\s+|\w+|[^\w\s]", left), re.findall(r"\s+|\w+|[^\w\s]", right)
    before: list[Bit] = []
    after: list[Bit] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        is_changed = tag != "equal"
        before += [Bit("".join(old[i1:i2]), is_changed)] if i1 < i2 else []
        after += [Bit("".join(new[j1:j2]), is_changed)] if j1 < j2 else []
    return tuple(before), tuple(after)
