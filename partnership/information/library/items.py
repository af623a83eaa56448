"""What a feed brought and a person accepted becomes a document, when a keeper asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.information.library import services
from partnership.information.library.refusals import NotNow
from partnership.information.models import Document, Item


def accepted_or_404(text: str) -> Item:
    """An accepted item by the name that an address gives it, with what was made of it."""
    try:
        rows = Item.objects.accepted().select_related("feed", "document")
        return rows.get(uuid=UUID(text))
    except (ValueError, Item.DoesNotExist):
        raise Http404 from None


def known(item: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an item says of its document and of its first version, as their forms take it."""
    feed = item.feed
    words = {"title": item.title, "summary": item.summary, "publisher": feed.title}
    day = item.published_at.date().isoformat() if item.published_at else ""
    return {**words, "language": feed.language}, {"address": item.address, "day": day}


@transaction.atomic
def add_document(
    item: Item,
    words: services.Words,
    version: services.Words,
    file: File[Any] | None,
    *,
    by: Any,
    at: datetime,
) -> Document:
    """A draft made of an item, once. Refuses NotNow where somebody was quicker."""
    held = Item.objects.select_for_update().filter(pk=item.pk, state=Item.State.ACCEPTED)
    row = held.filter(document=None).first()
    if row is None:
        raise NotNow(_("Somebody made a document of this item already, or put it back."))
    row.document = services.add_document(words, version, file, by=by, at=at)
    row.save(update_fields=["document"])
    of, changes = ("item", str(row.uuid)), {"document": [None, row.document.slug]}
    audit.record("item.shelve", at=at, by=by, of=of, changes=changes)
    return row.document
