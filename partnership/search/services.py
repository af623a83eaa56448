"""Write what can be found. A subject hands over its entries; unchanged ones cost nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from partnership.lib import text
from partnership.lib.text import Synonyms
from partnership.lib.text.unmarked import unmarked
from partnership.search.engines import engine
from partnership.search.models import SearchEntry
from partnership.search.queries import synonyms
from partnership.search.scopes import scope_of


@dataclass(frozen=True)
class Entry:
    """One thing to be found: what it is called, what it says, and where it is.

    A document has one entry for each page of each language. `audience` names who may know of it,
    as the site names the audiences of a reader; empty is everybody.
    """

    key: str
    title: str
    address: str
    body: str = ""
    summary: str = ""
    language: str = "en"
    page: int = 0
    audience: str = ""


# A changed analyser must write every entry again, and so must other synonyms.
ANALYSER = f"analyser {text.ANALYSER_VERSION}"
WRITTEN = ["title", "summary", "text", "audience", "address", "title_tokens", "body_tokens"]
WRITTEN += ["pair_tokens", "fingerprint"]
AT_A_TIME = 500
Place = tuple[str, int, str]


@transaction.atomic
def replace(kind: str, entries: Iterable[Entry]) -> int:
    """Make the entries of one kind exactly these; returns how many had to be written."""
    return _replace(kind, SearchEntry.objects.filter(kind=kind), entries)


@transaction.atomic
def write(kind: str, key: str, entries: Iterable[Entry]) -> int:
    """Make the entries of one thing exactly these: all pages of a document, in all languages."""
    return _replace(kind, SearchEntry.objects.filter(kind=kind, key=key), entries)


def remove(kind: str, key: str) -> None:
    """A thing that is withdrawn is found no more from the same moment on."""
    write(kind, key, ())


def _replace(kind: str, rows: QuerySet[SearchEntry], entries: Iterable[Entry]) -> int:
    known = {
        (row.key, row.page, row.language): row
        for row in rows.only("key", "page", "language", "fingerprint")
    }
    changed = _changed(kind, known, entries, synonyms())
    written = 0
    while some := list(islice(changed, AT_A_TIME)):
        SearchEntry.objects.bulk_create(
            some,
            update_conflicts=True,
            unique_fields=["kind", "key", "page", "language"],
            update_fields=WRITTEN,
            batch_size=100,
        )
        engine().wrote(some)
        written += len(some)
    gone = [row.pk for row in known.values()]
    SearchEntry.objects.filter(pk__in=gone).delete()
    engine().removed(gone)
    return written


def _changed(
    kind: str, known: dict[Place, SearchEntry], entries: Iterable[Entry], words: Synonyms
) -> Iterator[SearchEntry]:
    """Rows to be written; what is left of `known` at the end is there no more."""
    digest = words.digest
    for entry in entries:
        before = known.pop((entry.key, entry.page, entry.language), None)
        fingerprint = _fingerprint(entry, digest)
        if before is None or before.fingerprint != fingerprint:
            yield _row(kind, entry, fingerprint, words)


def _row(kind: str, entry: Entry, fingerprint: str, words: Synonyms) -> SearchEntry:
    title = text.tokens(entry.title, entry.language, words)
    body = text.tokens(f"{entry.summary} {entry.body}", entry.language, words)
    scope = scope_of(entry.page, entry.language)
    pairs = [pair for part in (entry.title, entry.summary, entry.body) for pair in text.pairs(part)]
    return SearchEntry(
        kind=kind,
        key=entry.key,
        page=entry.page,
        language=entry.language,
        audience=entry.audience,
        title=entry.title[:300],
        summary=entry.summary,
        text=unmarked(entry.body),
        address=entry.address,
        title_tokens=" ".join(title),
        body_tokens=" ".join(text.fitting([scope, *title, *body])),
        pair_tokens=" ".join(text.fitting(dict.fromkeys(pairs))),
        fingerprint=fingerprint,
        first_seen_at=Now(),
    )


def _fingerprint(entry: Entry, digest: str) -> str:
    parts = (ANALYSER, digest, entry.title, entry.address, entry.body, entry.summary)
    return sha256("\0".join([*parts, entry.audience]).encode("utf-8", "replace")).hexdigest()
