"""What search finds of the library: an entry for each published document, with its whole text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from partnership.information.models import Document, Passage
from partnership.jobs import services as jobs
from partnership.search import services as search
from partnership.search.models import SearchEntry
from partnership.search.services import Entry

KIND = "document"
WRITE = "library.index"
MOST_LETTERS = 600_000


def entries() -> Iterable[Entry]:
    """Of each published document its newest version's text; the older ones are not found."""
    rows = Document.objects.published().with_versions()
    for document in rows.prefetch_related("countries", "areas", "sectors").iterator(chunk_size=50):
        topics = [*document.countries.all(), *document.areas.all(), *document.sectors.all()]
        about = " ".join(map(str, [document.authors, document.publisher, *topics]))
        yield Entry(
            key=document.slug,
            title=document.title,
            address=document.get_absolute_url(),
            summary=document.summary,
            body=f"{about} {_text_of(document)}"[:MOST_LETTERS],
            language=document.language or "en",
        )


def _text_of(document: Document) -> str:
    newest = document.shown[0]  # type: ignore[attr-defined]
    return "\n".join(Passage.objects.filter(version=newest).values_list("text", flat=True))


def write() -> int:
    """Make the entries of all documents what these say now."""
    return search.replace(KIND, entries())


def ask_to_write(document: Document, *, at: datetime) -> None:
    """Let a worker write them: the text of a whole library is no work for a request."""
    jobs.enqueue(WRITE, at=at, key=document.slug)


def drop(document: Document) -> None:
    """What is withdrawn is found no more from the same moment on."""
    SearchEntry.objects.filter(kind=KIND, key=document.slug).delete()
