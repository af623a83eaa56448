"""How far two texts are the same but for their spelling. No database, clock or request."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

# So many words may be others, or this share of a long text: more is another text.
FEW_WORDS, SHARE = 12, 0.03
NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f]\d+)*%?")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
# Words that turn a rule into another one, in the languages that we write rules in.
TURNING = frozenset(
    (
        *("not", "no", "never", "must", "may", "shall", "should", "can", "cannot", "only", "all"),
        *("none", "before", "after", "until", "unless"),
        *("ne", "pas", "non", "jamais", "doit", "doivent", "peut", "peuvent", "seulement"),
        *("avant", "après", "sauf", "tous", "aucun"),
        *("nunca", "debe", "deben", "puede", "pueden", "solo", "antes", "después", "salvo"),
        *("todos", "ninguno"),
    )
)


@dataclass(frozen=True)
class Difference:
    """What differs between two texts."""

    words: int
    of_words: int
    numbers: tuple[str, ...]  # in one of both only
    turning: tuple[str, ...]  # words that turn a rule, in one of both only

    @property
    def is_large(self) -> bool:
        return self.words > max(FEW_WORDS, self.of_words * SHARE)

    @property
    def touches_meaning(self) -> bool:
        return bool(self.numbers or self.turning)


def difference(before: str, after: str) -> Difference:
    """How many words are others, and which of them carry a meaning that spelling does not."""
    old, new = before.split(), after.split()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in blocks if tag != "equal")
    return Difference(
        words=changed,
        of_words=len(old),
        numbers=_others(NUMBER.findall(before), NUMBER.findall(after)),
        turning=_others(_turning(before), _turning(after)),
    )


def _turning(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if word in TURNING]


def _others(before: list[str], after: list[str]) -> tuple[str, ...]:
    old, new = Counter(before), Counter(after)
    return tuple(sorted(((old - new) + (new - old)).keys()))
