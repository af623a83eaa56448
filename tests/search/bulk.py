"""The time that a search takes among many passages of 60 words, and how large the index is.

python -m tests.services all python -m tests.search.bulk 1000000       on PostgreSQL
python -m tests.services sqlite python -m tests.search.bulk 1000000    on SQLite

Words are as frequent as words are: the second half as often as the first, and so on. It asks the
page as a visitor does and fails where one of twenty answers takes longer than it may.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from itertools import accumulate

import django

MAY = 200  # milliseconds for nineteen of twenty
WORDS, IN_TITLE, PAGES = 60, 4, 50
VOCABULARY, COMMON = 40_000, 25
QUESTIONS = 40  # of each kind
HEAD = f"\n{'':14}{'found':>10}{'min':>8}{'p50':>8}{'p95':>8}{'max':>8}{'may':>6} ms{'CPU':>8}"
WORKED: list[float] = []  # milliseconds of this process, whatever else the machine did
COUNT = re.compile(r"<strong>([\d,]+)</strong> result")
IDLE = "the of and to in a is for on by with that be as or at from this an are it not was has so"


class Corpus:
    """Made-up passages, the same ones each time."""

    def __init__(self, size: int):
        self.size, self.random = size, random.Random(6)
        self.words = [*IDLE.split()[:COMMON], *self._made()]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.sample: list[list[str]] = []

    def _made(self) -> list[str]:
        """Words of two to four syllables; short ones are the frequent ones."""
        heads, tails = "bcdfglmnprstv", ("a", "e", "i", "o", "u", "an", "er", "ic", "on", "al")
        syllables = [head + tail for head in heads for tail in tails]
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            length = 2 + (len(found) > 2_000) + (len(found) > 20_000)
            found["".join(self.random.choices(syllables, k=length))] = None
        return list(found)

    def said(self, count: int) -> list[str]:
        total = self.weights[-1]
        return [
            self.words[bisect(self.weights, self.random.random() * total)] for _ in range(count)
        ]

    def entries(self) -> Iterator[object]:
        from partnership.search.services import Entry

        for number in range(self.size):
            if number % PAGES == 0:
                title = " ".join(self.said(IN_TITLE)).capitalize()
            text = self.said(WORDS)
            if number % (self.size // 400 or 1) == 0:
                self.sample.append(text)
            key, page = f"document-{number // PAGES}", number % PAGES + 1
            address, language = (
                f"/library/{key}/#page={page}",
                "fr" if number % 500 < PAGES else "en",
            )
            yield Entry(key, title, address, " ".join(text), language=language, page=page)

    # --- What is asked -----------------------------------------------------------------------

    def one(self) -> str:
        return self.words[COMMON + int(self.random.paretovariate(0.7)) * 3 % 5_000]

    def together(self, count: int) -> str:
        text = [word for word in self.random.choice(self.sample) if word not in self.words[:COMMON]]
        return " ".join(self.random.sample(text, min(count, len(text))))

    def phrase(self) -> str:
        text = self.random.choice(self.sample)
        place = self.random.randrange(WORDS - 3)
        return f'"{" ".join(text[place : place + 3])}"'

    def begun(self) -> str:
        return self.one()[:4] + "*"

    def mistyped(self) -> str:
        word = self.words[self.random.randrange(3_000, 8_000)]
        place = self.random.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def kinds(self) -> dict[str, Callable[[], str]]:
        return {
            "one word": self.one,
            "two words": lambda: self.together(2),
            "three words": lambda: self.together(3),
            "a phrase": self.phrase,
            "a beginning": self.begun,
            "a slip": self.mistyped,
        }


def main(size: int) -> int:
    from tests.journeys.bulk import database

    with database():
        corpus = Corpus(size)
        _write(corpus)
        print(HEAD)  # noqa: T201
        took: list[float] = []
        for name, ask in corpus.kinds().items():
            took += _told(name, [_asked(ask()) for _ in range(QUESTIONS)])
        p95 = sorted(took)[int(len(took) * 0.95)]
        verdict = "SLOW" if p95 > MAY else ""
        print(f"{'all of them':40}{p95:8.1f} {verdict}", flush=True)  # noqa: T201
        return p95 > MAY


def _write(corpus: Corpus) -> None:
    from django.db import connection

    from partnership.search.services import replace

    began = time.monotonic()
    written = replace("document", corpus.entries())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for name, statement in _sizes(connection.vendor).items():
            cursor.execute(statement)
            print(f"{cursor.fetchone()[0] / 2**20:10,.0f} MB {name}")  # noqa: T201
    seconds = time.monotonic() - began
    print(f"{written:10,} passages written in {seconds:,.0f} s", flush=True)  # noqa: T201


def _sizes(vendor: str) -> dict[str, str]:
    if vendor == "postgresql":
        return {
            "entries": "SELECT pg_table_size('partnership_searchentry')",
            "indexes": "SELECT pg_indexes_size('partnership_searchentry')",
        }
    pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return {
        "database": pages,
        "index": "SELECT sum(length(block)) FROM partnership_search_index_data",
    }


def _asked(question: str) -> tuple[float, int]:
    from django.test import Client

    began, worked = time.perf_counter(), time.process_time()
    answer = Client().get("/search/", {"q": question}, headers={"host": "localhost"})
    took = (time.perf_counter() - began) * 1000
    WORKED.append((time.process_time() - worked) * 1000)
    if answer.status_code != 200:
        raise SystemExit(f"{question} was answered with {answer.status_code}")
    told = COUNT.search(answer.content.decode())
    return took, int(told[1].replace(",", "")) if told else 0


def _told(name: str, answers: list[tuple[float, int]]) -> list[float]:
    worked = sorted(WORKED[-len(answers) :])[int(len(answers) * 0.95)]
    took = sorted(milliseconds for milliseconds, _ in answers)
    most = max(found for _, found in answers)
    share = [took[0], took[len(took) // 2], took[int(len(took) * 0.95)], took[-1]]
    line = "".join(f"{milliseconds:8.1f}" for milliseconds in share)
    print(f"{name:14}{most:10,}{line}{MAY:6}   {worked:8.1f}", flush=True)  # noqa: T201
    return took


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
