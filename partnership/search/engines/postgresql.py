"""PostgreSQL: inverted indexes over the tokens, without a parser and without positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from partnership.search.engines.asked import (
    ENTRY,
    NOTHING,
    Asked,
    Looked,
    Rows,
    Wanted,
    audiences,
    looked_by,
    split,
)

# Word for word what the indexes are over (migration 0018): else no index is used.
VECTOR = "array_to_tsvector(string_to_array({}, ' '))"
ROWS = f"""
    SELECT e.id, e.kind, e.key, e.language FROM {ENTRY} AS e WHERE {{matches}} AND {{audiences}}
"""  # noqa: S608
# The planner takes a vector for cheap, but to read all entries is to make a million of them. With
# room for the whole bitmap no entry has to be looked at again.
PLAN = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '64MB', true)"


class PostgreSQL:
    def look(self, asked: Asked) -> Looked:
        words, pairs = split(asked)
        condition, known = audiences(asked)

        def rows(scope: str) -> Rows:
            columns = {"e.body_tokens": _query(words, scope), "e.pair_tokens": _query(pairs)}
            given = {name: query for name, query in columns.items() if query}
            return _rows(given, condition), [*given.values(), *known]

        titled: Rows = (NOTHING, [])
        if words and asked.titles:
            titled = (_rows(["e.title_tokens"], condition), [_query(words), *known])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PLAN)
            return looked_by(asked, rows, titled)

    def wrote(self, entries: Sequence[Any]) -> None:
        """The indexes are the database's own."""

    def removed(self, ids: Sequence[int]) -> None:
        """The indexes are the database's own."""


def _rows(columns: Iterable[str], condition: str) -> str:
    matches = " AND ".join(f"{VECTOR.format(name)} @@ %s::tsquery" for name in columns)
    return ROWS.format(matches=matches, audiences=condition)


def _query(wanted: Iterable[Wanted], scope: str = "") -> str:
    """Tokens are letters and digits only: none of them can end the quotation marks."""
    return " & ".join([*map(_one, wanted), *([f"'{scope}'"] if scope else [])])


def _one(wanted: Wanted) -> str:
    word = f"'{wanted.term.word}'" + ":*" * wanted.term.is_start
    forms = [word, *(f"'{form}'" for form in (*wanted.term.stems, *wanted.others))]
    return f"({' | '.join(forms)})"
