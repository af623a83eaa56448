"""SQLite: a table of FTS5 beside the entries, kept by triggers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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

INDEX = "partnership_search_index"
# A narrow index tells kind and audience of a hit; the row itself lies on pages of its own.
ROWS = f"""
    SELECT e.id, e.kind, e.key, e.language FROM {INDEX}
    CROSS JOIN {ENTRY} AS e INDEXED BY search_entry_narrow ON e.id = {INDEX}.rowid
    WHERE {INDEX} MATCH %s AND {{audiences}}
"""  # noqa: S608


class SQLite:
    def look(self, asked: Asked) -> Looked:
        words, pairs = split(asked)
        condition, known = audiences(asked)
        statement = ROWS.format(audiences=condition)

        def rows(scope: str) -> Rows:
            columns = [_column("body_tokens", words, scope), _column("pair_tokens", pairs)]
            return statement, [" AND ".join(filter(None, columns)), *known]

        titled: Rows = (NOTHING, [])
        if words and asked.titles:
            titled = (statement, [_column("title_tokens", words), *known])
        return looked_by(asked, rows, titled)

    def wrote(self, entries: Sequence[Any]) -> None:
        """The triggers of the table have written them."""

    def removed(self, ids: Sequence[int]) -> None:
        """The triggers of the table have removed them."""


def _column(name: str, wanted: Iterable[Wanted], scope: str = "") -> str:
    told = " AND ".join([*map(_one, wanted), *([f'"{scope}"'] if scope else [])])
    return f"{{{name}}} : ({told})" if told else ""


def _one(wanted: Wanted) -> str:
    """Tokens are letters and digits only, so that none of them can be a sign of the syntax."""
    word = f'"{wanted.term.word}"' + "*" * wanted.term.is_start
    forms = [word, *(f'"{form}"' for form in (*wanted.term.stems, *wanted.others))]
    return f"({' OR '.join(forms)})"
