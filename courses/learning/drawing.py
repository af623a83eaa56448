"""Which questions a paper has and in which order. No database, clock or request."""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Pool:
    """A group of questions, each with the case it belongs to, of which `quota` are drawn.

    Those in `seen` are drawn only when the others are not enough.
    """

    questions: Sequence[tuple[int, Hashable]]
    quota: int | None = None
    seen: Set[int] = frozenset()


def token() -> str:
    """An identifier that means nothing and is like no other."""
    return secrets.token_urlsafe(12)


def draw(pools: Iterable[Pool], random: Random | None = None) -> list[int]:
    """The quota of each pool, no question twice; in random order, the questions of a case together
    and in the order in which they were written.
    """
    random = random or SystemRandom()
    drawn: dict[int, Hashable] = {}
    for pool in pools:
        fresh = [pair for pair in pool.questions if pair[0] not in drawn]
        count = len(fresh) if pool.quota is None else min(pool.quota, len(fresh))
        taken = _taken(fresh, count, pool.seen, random)
        drawn.update(pair for place, pair in enumerate(fresh) if place in taken)
    blocks: dict[Hashable, list[int]] = {}
    for question, case in drawn.items():
        blocks.setdefault(("alone", question) if case is None else ("case", case), []).append(
            question
        )
    shuffled = list(blocks.values())
    random.shuffle(shuffled)
    return [question for block in shuffled for question in block]


def _taken(
    fresh: Sequence[tuple[int, Hashable]], count: int, seen: Set[int], random: Random
) -> set[int]:
    """Places of what is drawn: at random among the unseen, and then among the rest."""
    unseen = [place for place, (question, _case) in enumerate(fresh) if question not in seen]
    if count <= len(unseen):
        return set(random.sample(unseen, count))
    rest = [place for place, (question, _case) in enumerate(fresh) if question in seen]
    return {*unseen, *random.sample(rest, count - len(unseen))}


def shuffle(options: Sequence[T], right: Sequence[T] = (), random: Random | None = None) -> list[T]:
    """The options in random order; three or more to be ordered never start in the right order.

    Of two the one that is not right would tell which is, so these may start in either.
    """
    random = random or SystemRandom()
    mixed = list(options)
    random.shuffle(mixed)
    while len(mixed) > 2 and mixed == list(right):
        random.shuffle(mixed)
    return mixed
