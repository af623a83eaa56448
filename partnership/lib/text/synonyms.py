"""Words of the field that mean the same. Each text that holds one of a group is found by all.

Words are compared by their stems, so plurals stand in a group only where a stemmer leaves them
alone. The groups themselves are rows that the secretariat keeps (`partnership.search`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from partnership.lib.text.letters import UNSPACED, plain
from partnership.lib.text.stems import stems
from partnership.lib.text.words import compounds, parts, token

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Forms that mean the same.

    One of `found_only` also means something else, so that a text which holds it is about who knows
    what: it is found when the others are written out, never the other way. Canada has the code CA.
    """

    forms: tuple[str, ...]
    found_only: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Synonyms:
    """All groups, ready to be looked up in a text."""

    groups: tuple[Group, ...] = ()
    phrases: dict[str, list[tuple[Phrase, list[str]]]] = field(init=False, compare=False)
    runs: list[tuple[str, list[str]]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        phrases: dict[str, list[tuple[Phrase, list[str]]]] = {}
        runs = []
        for group in self.groups:
            for form in sorted(set(group.forms) - group.found_only):
                others = [word for other in group.forms if other != form for word in _said(other)]
                if UNSPACED.search(form):
                    runs.append((plain(form), others))
                elif phrase := tuple(_key(word) for word in _words(form)):
                    phrases.setdefault(phrase[0], []).append((phrase, others))
        object.__setattr__(self, "phrases", phrases)
        object.__setattr__(self, "runs", runs)

    @property
    def acronyms(self) -> frozenset[str]:
        """The forms that are one word with capitals."""
        return frozenset(
            form
            for group in self.groups
            for form in group.forms
            if form.isalpha() and sum(letter.isupper() for letter in form) > 1
        )

    @property
    def digest(self) -> str:
        """Another one when an entry would hold other words."""
        told = sorted(
            "\0".join([*group.forms, "", *sorted(group.found_only)]) for group in self.groups
        )
        return sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:16] if told else ""

    def of(self, words: Sequence[str]) -> list[str]:
        """The words of all synonyms, each once: said often, a thing would else weigh too much."""
        if not self.groups:
            return []
        return list(dict.fromkeys(word for others in self._found(words) for word in others))

    def _found(self, words: Sequence[str]) -> Iterable[list[str]]:
        keys = [_key(word) for word in words]
        for place, key in enumerate(keys):
            for phrase, others in self.phrases.get(key, ()):
                if tuple(keys[place : place + len(phrase)]) == phrase:
                    yield others
        if self.runs:
            written = [plain(word) for word in words if UNSPACED.match(word)]
            for run, others in self.runs:
                if any(run in word for word in written):
                    yield others


NO_SYNONYMS = Synonyms()


def _said(form: str) -> list[str]:
    return compounds(form)


def _words(form: str) -> list[str]:
    return [word for compound in compounds(form) for word in parts(compound)]


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """Phrases are compared by the English stems of their words: singular or plural, s or z."""
    return next(iter(stems(word, "en")), "") or token(word)
