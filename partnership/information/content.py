"""The glossary and the library of the editorial import."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from partnership.information.models import Document, DocumentVersion, GlossaryTerm
from partnership.members.models import AreaOfWork, Country
from partnership.sources.content import IMPORTED_ON
from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import Sector

FOLDER = Path(__file__).parent / "content"
FILE, DOCUMENTS = FOLDER / "glossary.json", FOLDER / "documents.json"
IMPORTED_AT = datetime.combine(IMPORTED_ON, time(), UTC)
OF_A_DOCUMENT: tuple[str, ...] = (
    "slug",
    "title",
    "kind",
    "authors",
    "publisher",
    "summary",
    "language",
)
OF_A_DOCUMENT += ("licence", "note")
OF_A_VERSION = ("label", "on", "precision", "address", "pages")


def load_glossary(done: Loaded) -> None:
    rows = read(FILE)["terms"]
    links = {row["slug"]: row["see_also"] for row in rows}
    values = ({name: value for name, value in row.items() if name != "see_also"} for row in rows)
    before = set(GlossaryTerm.objects.values_list("slug", flat=True))
    found = load(GlossaryTerm, values, key=("slug",), done=done)
    for (slug,), term in found.items():
        if slug not in before:
            term.see_also.add(*(found[(other,)] for other in links[slug] if (other,) in found))


def load_documents(countries: dict[str, Country], done: Loaded) -> None:
    """Public documents of the field, as links: no copy of them lies here."""
    rows = {row["slug"]: row for row in read(DOCUMENTS)["documents"]}
    before = set(Document.objects.values_list("slug", flat=True))
    told = ({name: row[name] for name in OF_A_DOCUMENT} for row in rows.values())
    found = load(Document, told, key=("slug",), done=done)
    versions = (
        {
            **{name: rows[slug][name] for name in OF_A_VERSION},
            "document": document,
            "number": 1,
            "added_at": IMPORTED_AT,
            "published_at": IMPORTED_AT,
        }
        for (slug,), document in found.items()
    )
    load(DocumentVersion, versions, key=("document", "number"), done=done)
    areas = {row.slug: row for row in AreaOfWork.objects.all()}
    sectors = {row.slug: row for row in Sector.objects.all()}
    for (slug,), document in found.items():
        if slug not in before:
            row = rows[slug]
            document.countries.set(countries[code] for code in row["countries"])
            document.areas.set(areas[name] for name in row["areas"])
            document.sectors.set(sectors[name] for name in row["sectors"])
