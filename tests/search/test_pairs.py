"""What must be found, in six languages: the same list on SQLite and on PostgreSQL.

Each answer is also compared with that of an engine of a few lines that looks at every entry. So
both databases give the same hits, and a third engine can stand behind the same interface.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from partnership.search import engines
from partnership.search.engines import Asked, Looked
from partnership.search.engines.asked import Wanted
from partnership.search.models import SearchEntry
from partnership.search.queries import Found, Reader, find
from partnership.search.services import Entry, replace
from tests.search.words import write_synonyms

FILE = Path(__file__).with_name("pairs.txt")
LANGUAGES = {"en", "fr", "es", "ar", "ru", "zh"}


@dataclass(frozen=True)
class Pair:
    asked: str
    language: str
    key: str
    page: int


def written() -> tuple[list[Entry], list[Pair]]:
    """The passages of the file, and what has to find each."""
    entries, pairs = [], []
    for block in FILE.read_text(encoding="utf-8").split("\n== ")[1:]:
        head, title, text, *questions = block.strip().splitlines()
        language, key, page = head.split()
        address = f"/library/{key}/#page={page}"
        entries.append(Entry(key, title, address, text, language=language, page=int(page)))
        pairs += [Pair(line[2:], language, key, int(page)) for line in questions]
    return entries, pairs


class EveryEntry:
    """An engine without any index."""

    def look(self, asked: Asked) -> Looked:
        rows = list(SearchEntry.objects.filter(audience__in=asked.audiences).order_by("pk"))
        rows.sort(key=lambda row: row.language != asked.language)
        held = [row for row in rows if self._holds(asked.wanted, row, "body_tokens")]
        chosen = [
            row
            for row in held
            if asked.kind in ("", row.kind) and asked.texts in ("", row.language)
        ]
        things = {(row.kind, row.language, row.key) for row in held}
        counts = Counter((kind, language) for kind, language, _ in things)
        titled = [row.pk for row in chosen if self._holds(asked.wanted, row, "title_tokens")]
        return Looked(titled[: asked.most], [row.pk for row in chosen][: asked.most], dict(counts))

    def wrote(self, entries: Sequence[Any]) -> None: ...

    def removed(self, ids: Sequence[int]) -> None: ...

    @staticmethod
    def _holds(wanted: Sequence[Wanted], row: SearchEntry, column: str) -> bool:
        words = set(getattr(row, column).split())
        pairs = set(row.pair_tokens.split())
        for one in wanted:
            forms = {one.term.word, *one.term.stems, *one.others}
            begins = one.term.is_start and any(w.startswith(one.term.word) for w in words)
            if not (begins or forms & (pairs if one.term.is_pair else words)):
                return False
        return True


@pytest.fixture
def corpus(db: None) -> list[Pair]:
    write_synonyms()
    entries, pairs = written()
    replace("document", entries)
    return pairs


def answer(found: Found) -> Any:
    return [hit.pk for hit in found.hits], found.kinds, found.languages, found.instead, found.meant


@dataclass(frozen=True)
class Compared:
    """What was asked, by how it was answered."""

    missing: list[Pair]
    differing: list[Pair]
    mended: set[str]


def compare(pairs: list[Pair], monkeypatch: pytest.MonkeyPatch) -> Compared:
    """Whose page is not among the first five, who is answered otherwise, what was mistyped."""
    found = {pair: find(pair.asked, reader=Reader(pair.language)) for pair in pairs}
    monkeypatch.setattr(engines, "ENGINES", dict.fromkeys(engines.ENGINES, EveryEntry()))
    compared = {pair: find(pair.asked, reader=Reader(pair.language)) for pair in pairs}

    missing = [
        pair
        for pair, told in found.items()
        if (pair.key, pair.page) not in [(hit.key, hit.page) for hit in told.hits[:5]]
    ]
    differing = [pair for pair in pairs if answer(found[pair]) != answer(compared[pair])]
    return Compared(missing, differing, {pair.asked for pair in pairs if found[pair].instead})


@pytest.mark.audit
def test_two_hundred_questions_in_six_languages_find_their_page_among_the_first_five(
    corpus: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compare(corpus, monkeypatch)

    assert (found.missing, found.differing) == ([], [])
    # A list of slips that the stemmers put right by chance would show nothing.
    assert len(found.mended) >= 20


def test_of_two_hundred_questions_any_third_finds_its_pages_among_the_first_five(
    corpus: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run draws another third; the audit asks them all."""
    found = compare(random.sample(corpus, len(corpus) // 3), monkeypatch)

    assert (found.missing, found.differing) == ([], [])
    assert len({(pair.asked, pair.language) for pair in corpus}) >= 200
    assert {pair.language for pair in corpus} == LANGUAGES
