"""What may have been meant where a word was mistyped by one letter.

There is no list of words that would have to be kept: it would outlive the texts, and tell words of
those that a reader may not see. The index is asked for all neighbours of a word at once, among what
this reader may find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from partnership.lib.text import Term
from partnership.lib.text.letters import MARK, plain, written
from partnership.lib.text.near import may_be_mistyped, neighbours
from partnership.search.engines import Asked, engine
from partnership.search.engines.asked import Wanted
from partnership.search.models import SearchEntry

# So many words of a question are guessed at, in so many entries.
MOST_WORDS = 4
MOST_ENTRIES = 50

Slips = dict[str, str]


def corrected(asked: str, question: Asked, *, language: str) -> str:
    """The question with as few other words as lead to a hit; nothing where none does."""
    wanted = _widened(question, language)
    if not any(one.others for one in wanted):
        return ""
    question = replace(question, wanted=tuple(wanted), most=MOST_ENTRIES)
    # A word has thousands of neighbours: they are looked up in titles too only where that chooses.
    looked = engine().look(replace(question, titles=False))
    if len(looked.others) == MOST_ENTRIES:
        looked = engine().look(question)
    ids = list(dict.fromkeys([*looked.titled, *looked.others]))[:MOST_ENTRIES]
    held = (
        SearchEntry.objects.filter(pk__in=ids).order_by("pk").values_list("body_tokens", flat=True)
    )
    slips = _fewest(_slips(wanted, tokens.split()) for tokens in held)
    return _rewritten(asked, slips) if slips else ""


def _widened(question: Asked, language: str) -> list[Wanted]:
    languages = ("en", language.partition("-")[0])
    guessed = [one for one in question.wanted if may_be_mistyped(one.term)][:MOST_WORDS]
    return [
        replace(one, others=tuple(neighbours(one.term.word, languages))) if one in guessed else one
        for one in question.wanted
    ]


def _slips(wanted: Iterable[Wanted], tokens: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Which words this entry lacks, each with those it holds instead."""
    held = set(tokens)
    return [
        (one.term.word, [_as_word(near, tokens) for near in one.others if near in held])
        for one in wanted
        if not _holds(held, one.term)
    ]


def _as_word(token: str, tokens: Sequence[str]) -> str:
    """The word that a stem is of: it stands before it."""
    place = tokens.index(token)
    while place and tokens[place].startswith(MARK):
        place -= 1
    return tokens[place]


def _holds(held: set[str], term: Term) -> bool:
    if term.is_pair or held & {term.word, *term.stems}:
        return True
    return term.is_start and any(token.startswith(term.word) for token in held)


def _fewest(entries: Iterable[list[tuple[str, list[str]]]]) -> Slips:
    """For each mistyped word the one that most entries hold, of those that need the fewest."""
    told = [slips for slips in entries if slips and all(words for _, words in slips)]
    if not told:
        return {}
    sets = Counter(tuple(mistyped for mistyped, _ in slips) for slips in told)
    chosen = min(sets, key=lambda words: (len(words), -sets[words], words))
    votes = {mistyped: Counter[str]() for mistyped in chosen}
    for slips in told:
        if tuple(mistyped for mistyped, _ in slips) == chosen:
            for mistyped, words in slips:
                votes[mistyped].update(words)
    return {
        mistyped: min(counted, key=lambda word: (-counted[word], word))
        for mistyped, counted in votes.items()
    }


def _rewritten(asked: str, slips: Slips) -> str:
    """What was typed, with only these words put right."""
    return re.sub(
        r"[^\W_]+", lambda word: slips.get(plain(written(word.group())), word.group()), asked
    )
