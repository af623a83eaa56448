"""Reading the log: what fits a search, and who the keys in it are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, QuerySet

from partnership.audit.models import AuditEntry

# Whoever's name fits a search of people; more would be no search.
MOST_PEOPLE = 100
# So many are counted; a longer list is "more than" that.
MOST_COUNTED = 10_000
CHUNK = 500
# Objects of this kind are people: their key is the person's.
PEOPLE = frozenset({"user", "person"})
STEPS = """
    WITH RECURSIVE found(word) AS (
        SELECT min({column}) FROM partnership_auditentry
        UNION ALL
        SELECT (SELECT min({column}) FROM partnership_auditentry WHERE {column} > found.word)
        FROM found WHERE found.word IS NOT NULL
    )
    SELECT word FROM found WHERE word IS NOT NULL AND word <> ''
"""
DISTINCT = {column: STEPS.format(column=column) for column in ("verb", "kind")}


def words(column: str) -> list[str]:
    """Every verb or kind in use. It steps from one to the next: length costs nothing."""
    with connection.cursor() as cursor:
        cursor.execute(DISTINCT[column])
        return [word for (word,) in cursor.fetchall()]


def fitting(wanted: dict[str, Any]) -> QuerySet[AuditEntry]:
    """The lines that a search asks for."""
    rows = AuditEntry.objects.order_by("-at", "-pk")
    if who := wanted["who"].strip():
        rows = rows.filter(actor__in=_keys_of(who))
    for name in ("verb", "kind", "network"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    if key := wanted["key"].strip():
        rows = rows.filter(key=key)
    if wanted["since"]:
        rows = rows.filter(at__gte=datetime.combine(wanted["since"], time(), UTC))
    if wanted["until"]:
        day_after = datetime.combine(wanted["until"], time(), UTC) + timedelta(days=1)
        rows = rows.filter(at__lt=day_after)
    return rows


def _keys_of(who: str) -> list[str]:
    """The keys of people by name or address; a key itself also where its person is gone."""
    if uuid := _uuid(who):
        return [str(uuid)]
    people = get_user_model()._default_manager.filter(
        Q(name__icontains=who) | Q(email__icontains=who)
    )
    return [str(key) for key in people.order_by().values_list("uuid", flat=True)[:MOST_PEOPLE]]


def count(rows: QuerySet[AuditEntry]) -> int:
    """How many, at most one more than `MOST_COUNTED`."""
    return rows[: MOST_COUNTED + 1].count()


def named(lines: Iterable[AuditEntry]) -> list[AuditEntry]:
    """The lines with the names of people in them, which they do not hold: `who` and `about`."""
    found = list(lines)
    keys = {uuid for line in found for text in _people_in(line) if (uuid := _uuid(text))}
    people = get_user_model()._default_manager.filter(uuid__in=keys)
    names = {str(person.uuid): str(person) for person in people} if keys else {}
    for line in found:
        line.who = names.get(line.actor, "")  # type: ignore[attr-defined]
        is_person = line.kind in PEOPLE
        line.about = names.get(line.key, "") if is_person else ""  # type: ignore[attr-defined]
    return found


def all_named(rows: QuerySet[AuditEntry]) -> Iterator[AuditEntry]:
    """Every line of a long list with its names, some hundred at a time."""
    lines = rows.iterator(chunk_size=2000)
    while chunk := list(islice(lines, CHUNK)):
        yield from named(chunk)


def _people_in(line: AuditEntry) -> list[str]:
    return [line.actor, line.key] if line.kind in PEOPLE else [line.actor]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
