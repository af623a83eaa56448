"""What an engine is asked, what it answers, and the statement that the databases share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Protocol

from django.db import connection

from partnership.lib.text import Term
from partnership.search.scopes import THING, pages_in

ENTRY = "partnership_searchentry"
EVERYBODY = ""
# So many of each are ranked; only a word that is nearly everywhere has more.
MOST_HITS = 300
# So many are looked at before it is asked what they are. To count all pages would take longer than
# anybody waits: of a million a common word is on every fifth.
MOST_SEEN = 10_000


@dataclass(frozen=True)
class Wanted:
    """One term, with other words that it may have been meant to be."""

    term: Term
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """All terms must be found, in entries that one of the audiences may see."""

    wanted: tuple[Wanted, ...]
    audiences: frozenset[str] = frozenset({EVERYBODY})
    kind: str = ""
    texts: str = ""  # only those in this language
    language: str = "en"  # those in this one first
    since: datetime | None = None  # only what was not found before
    most: int = MOST_HITS
    titles: bool = True  # those apart whose title holds it: a second look into the index

    @property
    def first(self) -> str:
        """The language whose pages are all looked at before those of others."""
        return self.texts or self.language


@dataclass(frozen=True)
class Looked:
    """Which entries hold it, those whose title does apart; and how many things of each kind and
    language there are, before one of these was chosen. Of the `open` kinds there are more.
    """

    titled: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)


class Engine(Protocol):
    """Looks up entries by the tokens that they hold.

    The databases keep their index by themselves. An engine elsewhere is told what was written and
    removed; both of ours have nothing to do then.
    """

    def look(self, asked: Asked) -> Looked: ...

    def wrote(self, entries: Sequence[Any]) -> None: ...

    def removed(self, ids: Sequence[int]) -> None: ...


# How an engine finds entries differs. The rest is said once, so that it is the same. Only where
# there are too many are things looked up by themselves, which are few and counted to the end; and
# pages in the language that is wanted first, unless enough of those are seen.
STATEMENT = """
    WITH seen AS MATERIALIZED (SELECT * FROM ({anything}) AS found LIMIT {most}),
    things AS MATERIALIZED (
        SELECT * FROM ({things}) AS found WHERE (SELECT count(*) FROM seen) = {most}
    ),
    own AS MATERIALIZED (
        SELECT * FROM ({own}) AS found WHERE (SELECT count(*) FROM seen) = {most}
        AND (SELECT count(*) FROM seen WHERE language = %s) < %s LIMIT {most}
    ),
    found AS MATERIALIZED (SELECT * FROM seen UNION SELECT * FROM things UNION SELECT * FROM own),
    titled AS MATERIALIZED ({titled})
    SELECT 'count', kind, language, count(DISTINCT key) FROM found GROUP BY kind, language
    UNION ALL SELECT DISTINCT 'open', kind, '', 0 FROM found
        WHERE (SELECT count(*) FROM seen) = {most} AND id NOT IN (SELECT id FROM things)
    UNION ALL SELECT * FROM (
        SELECT 'title', '', '', id FROM titled WHERE {chosen} ORDER BY language <> %s, id LIMIT %s
    ) AS titles
    UNION ALL SELECT * FROM (
        SELECT 'text', '', '', id FROM found WHERE {chosen} ORDER BY language <> %s, id LIMIT %s
    ) AS texts
"""
NOTHING = f"SELECT id, kind, key, language FROM {ENTRY} WHERE 1 = 0"  # noqa: S608
Rows = tuple[str, list[Any]]


def looked_by(asked: Asked, rows: Callable[[str], Rows], titled: Rows) -> Looked:
    """Run the statement with the engine's own rows of a scope, and of what titles hold."""
    chosen, values = _chosen(asked)
    parts = {"anything": rows(""), "things": rows(THING), "own": rows(pages_in(asked.first))}
    told = {name: statement for name, (statement, _) in parts.items()}
    statement = STATEMENT.format(most=MOST_SEEN, chosen=chosen, titled=titled[0], **told)
    given: list[Any] = list(chain(*(values for _, values in parts.values())))
    tail: list[Any] = [*values, asked.language, asked.most]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, asked.first, asked.most, *titled[1], *tail, *tail])
        return _read(cursor.fetchall())


def _chosen(asked: Asked) -> tuple[str, list[Any]]:
    columns = {"kind": asked.kind, "language": asked.texts}
    given = {name: value for name, value in columns.items() if value}
    return " AND ".join(["1 = 1", *(f"{name} = %s" for name in given)]), list(given.values())


def _read(rows: Iterable[Sequence[Any]]) -> Looked:
    looked = Looked()
    for what, kind, language, number in rows:
        if what == "count":
            looked.counts[kind, language] = number
        elif what == "open":
            looked.open.add(kind)
        else:
            (looked.titled if what == "title" else looked.others).append(number)
    return looked


def split(asked: Asked) -> tuple[list[Wanted], list[Wanted]]:
    """The words, and the pairs of words that phrases consist of."""
    words = [one for one in asked.wanted if not one.term.is_pair]
    return words, [one for one in asked.wanted if one.term.is_pair]


def audiences(asked: Asked) -> tuple[str, list[Any]]:
    """The condition that keeps everything else out, also out of what is counted."""
    known: list[Any] = sorted(asked.audiences)
    condition = f"e.audience IN ({', '.join(['%s'] * len(known))})"
    if asked.since is None:
        return condition, known
    since = connection.ops.adapt_datetimefield_value(asked.since)
    return f"{condition} AND e.first_seen_at > %s", [*known, since]
