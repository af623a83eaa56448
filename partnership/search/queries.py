"""Find entries. SQLite's FTS5 and PostgreSQL's tsvector hold the same tokens: same hits on both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from partnership.lib.sorting import sort_key
from partnership.lib.text import Term, query_terms
from partnership.search.models import SearchEntry

MOST_HITS = 500

SQLITE = """
    SELECT rowid FROM partnership_search_index WHERE partnership_search_index MATCH %s
    ORDER BY bm25(partnership_search_index, 8.0, 1.0), rowid LIMIT %s
"""
POSTGRESQL = """
    SELECT id FROM partnership_searchentry, to_tsquery('simple', %s) AS asked
    WHERE vector @@ asked ORDER BY ts_rank(vector, asked, 1) DESC, id LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """The hits in order of rank, and how many there are of each kind before a kind was chosen."""

    hits: list[SearchEntry]
    kinds: dict[str, int]


def find(asked: str, *, language: str = "en", kind: str = "") -> Found:
    """Entries that hold every word asked for, those in the reader's language first.

    Of these come first those whose title holds all of it, and the shortest title before a longer
    one: whoever asks for a country means the country and then what it takes part in. The last word
    may be the beginning of one.
    """
    terms = query_terms(asked)
    if not terms:
        return Found([], {})
    ranked = _ranked(terms)
    rows = SearchEntry.objects.defer("body_tokens").in_bulk(ranked)
    hits = [rows[pk] for pk in ranked if pk in rows]
    hits.sort(key=lambda hit: (hit.language != language, _by_title(hit, terms)))
    kinds = Counter(hit.kind for hit in hits)
    return Found([hit for hit in hits if not kind or hit.kind == kind], dict(kinds))


def _by_title(hit: SearchEntry, terms: Sequence[Term]) -> tuple[int, str]:
    """The words of a title that holds all terms; where it does not, what stands behind any title.

    Those keep their rank among each other.
    """
    words = hit.title_tokens.split()
    is_told = all(
        any(
            word == term.word
            or word in term.stems
            or (term.is_start and word.startswith(term.word))
            for word in words
        )
        for term in terms
    )
    title = sort_key(hit.title)
    return (len(title.split()), title) if is_told else (MOST_HITS, "")


def _ranked(terms: Sequence[Term]) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE, [_as_fts5(terms), MOST_HITS])
        else:
            cursor.execute(POSTGRESQL, [_as_tsquery(terms), MOST_HITS])
        return [row[0] for row in cursor.fetchall()]


def _as_fts5(terms: Sequence[Term]) -> str:
    """Terms are letters and digits only, so that none of them can be a sign of the syntax."""
    return " AND ".join(
        f"({' OR '.join([_quoted(term.word) + '*' * term.is_start, *map(_quoted, term.stems)])})"
        for term in terms
    )


def _quoted(word: str) -> str:
    return f'"{word}"'


def _as_tsquery(terms: Sequence[Term]) -> str:
    return " & ".join(
        f"({' | '.join([term.word + ':*' * term.is_start, *term.stems])})" for term in terms
    )
