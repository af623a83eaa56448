"""What a worker does with a file of the library: draw out its text, page by page.

It may be killed at any page and run again: everything is written at the end, once.
"""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from partnership.information.drawing.limits import Page
from partnership.information.drawing.reading import drawn
from partnership.information.library import entries
from partnership.information.likeness import ALIKE, likeness, sketch
from partnership.information.models import Document, DocumentVersion, Passage
from partnership.information.tongues import language_of
from partnership.jobs.kinds import Steps
from partnership.lib import clock

Drawn = DocumentVersion.Drawn
# Of these problems of a page the others are as good as without.
SMALL = {"page_empty"}
MOST_TOLD = 200
MOST_ALIKE = 5


def draw(steps: Steps) -> dict[str, Any]:
    """Read the file of a job and keep what was found. Done before, it changes nothing."""
    rows = DocumentVersion.objects.select_related("document")
    version = rows.filter(pk=steps.payload["version"], drawn=Drawn.WAITING).first()
    if version is None:
        return {}
    pages, problems, total = _pages(version, steps)
    found = [page for page in pages if page.text]
    text = "\n".join(page.text for page in found)
    version.drawn = _state(found, problems)
    version.seems, version.sketch = language_of(text), sketch(text)
    # A page of a web or a text document is none that a reader could turn to.
    version.pages = total or None
    if not found and not problems:
        problems = [{"code": "no_text"}]
    version.problems = problems[:MOST_TOLD] + _alike(version)
    with transaction.atomic():
        steps.step(max(len(pages), 1), max(len(pages), 1), _("Keeping the text"))
        _keep(version, found)
    return {"pages": total, "kept": len(found), "problems": version.problems[:20]}


def _pages(version: DocumentVersion, steps: Steps) -> tuple[list[Page], list[dict[str, Any]], int]:
    pages: list[Page] = []
    try:
        file = default_storage.open(version.key)
    except FileNotFoundError:
        return pages, [{"code": "lost"}], 0
    with file, drawn(file, version.file_kind) as found:
        total = found.total
        for page in found:
            pages.append(page)
            if total:
                told = _("Page %(page)s of %(total)s") % {"page": page.number, "total": total}
            else:
                told = _("Part %(page)s") % {"page": page.number}
            steps.step(len(pages), max(total, len(pages)), told)
    return pages, found.problems, total


def _state(found: list[Page], problems: list[dict[str, Any]]) -> Drawn:
    if not found:
        return Drawn.NOT
    return Drawn.PART if any(row["code"] not in SMALL for row in problems) else Drawn.WHOLE


def _alike(version: DocumentVersion) -> list[dict[str, Any]]:
    """Other documents with nearly the same text, the likest first. They are told, not refused."""
    if not version.sketch:
        return []
    others = DocumentVersion.objects.exclude(sketch="").exclude(document=version.document_id)
    told = others.order_by().values_list("document__slug", "sketch")
    close = [(likeness(version.sketch, one), slug) for slug, one in told.iterator()]
    best = {slug: share for share, slug in sorted(close)}
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    return [
        {"code": "alike", "slug": slug, "percent": round(100 * share)}
        for slug, share in ranked[:MOST_ALIKE]
        if share >= ALIKE
    ]


def _keep(version: DocumentVersion, found: list[Page]) -> None:
    """Write what was found, unless another worker did. The document's row is held meanwhile."""
    waiting = DocumentVersion.objects.filter(pk=version.pk, drawn=Drawn.WAITING)
    names = ("drawn", "seems", "sketch", "pages", "problems")
    if not waiting.update(**{name: getattr(version, name) for name in names}):
        return
    Passage.objects.filter(version=version).delete()
    Passage.objects.bulk_create(
        (
            Passage(version=version, number=page.number, heading=page.heading, text=page.text)
            for page in found
        ),
        batch_size=200,
    )
    if version.seems:
        unsaid = Document.objects.filter(pk=version.document_id, language="")
        unsaid.update(language=version.seems)
    if DocumentVersion.objects.published().filter(pk=version.pk).exists():
        entries.ask_to_write(version.document, at=clock.now())
