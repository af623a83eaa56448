"""Write what can be found. A subject hands over its entries; unchanged ones cost nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from partnership.lib import text
from partnership.search.models import SearchEntry


@dataclass(frozen=True)
class Entry:
    """One thing to be found: what it is called, what it says, and where it is."""

    key: str
    title: str
    address: str
    body: str = ""
    summary: str = ""
    language: str = "en"


# A changed analyser must write every entry again.
ANALYSER = f"analyser {text.ANALYSER_VERSION}"
WRITTEN = ["title", "summary", "address", "title_tokens", "body_tokens", "fingerprint"]


@transaction.atomic
def replace(kind: str, entries: Iterable[Entry]) -> int:
    """Make the entries of one kind exactly these; returns how many had to be written."""
    known = {
        (row.key, row.language): row
        for row in SearchEntry.objects.filter(kind=kind).only("key", "language", "fingerprint")
    }
    changed = []
    for entry in entries:
        before = known.pop((entry.key, entry.language), None)
        fingerprint = _fingerprint(entry)
        if before is None or before.fingerprint != fingerprint:
            changed.append(_row(kind, entry, fingerprint))
    SearchEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["kind", "key", "language"],
        update_fields=WRITTEN,
        batch_size=200,
    )
    SearchEntry.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return len(changed)


def _row(kind: str, entry: Entry, fingerprint: str) -> SearchEntry:
    return SearchEntry(
        kind=kind,
        key=entry.key,
        language=entry.language,
        title=entry.title[:300],
        summary=entry.summary,
        address=entry.address,
        title_tokens=" ".join(text.tokens(entry.title, entry.language)),
        body_tokens=" ".join(text.tokens(f"{entry.summary} {entry.body}", entry.language)),
        fingerprint=fingerprint,
    )


def _fingerprint(entry: Entry) -> str:
    parts = (ANALYSER, entry.title, entry.address, entry.body, entry.summary)
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
