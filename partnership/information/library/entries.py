"""What search finds of the library: each published document, and each page of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from partnership.information.models import Document, Passage
from partnership.jobs import services as jobs
from partnership.search import services as search
from partnership.search.services import Entry

KIND = "document"
WRITE = "library.index"


def entries(slug: str = "") -> Iterator[Entry]:
    """Each published document, or one: as a whole, and its newest version page by page."""
    rows = Document.objects.published().with_versions()
    rows = rows.filter(slug=slug) if slug else rows
    for document in rows.prefetch_related("countries", "areas", "sectors").iterator(chunk_size=50):
        topics = [*document.countries.all(), *document.areas.all(), *document.sectors.all()]
        about = [document.authors, document.publisher, *map(str, topics)]
        whole = Entry(
            key=document.slug,
            title=document.title,
            address=document.get_absolute_url(),
            summary=document.summary,
            body=" · ".join(filter(None, about)),
            language=document.language or "en",
        )
        yield whole
        newest = document.shown[0]  # type: ignore[attr-defined]
        for page in Passage.objects.filter(version=newest).iterator(chunk_size=200):
            text = f"{page.heading} {page.text}"
            yield replace(whole, summary="", body=text, page=page.number)


def write(slug: str) -> int:
    """Make what is found of one document what it says now."""
    return search.write(KIND, slug, entries(slug))


def ask_to_write(document: Document, *, at: datetime) -> None:
    """Let a worker write it: the text of a whole document is no work for a request."""
    jobs.enqueue(WRITE, at=at, key=document.slug, payload={"document": document.slug})


def drop(document: Document) -> None:
    """What is withdrawn is found no more from the same moment on."""
    search.remove(KIND, document.slug)
