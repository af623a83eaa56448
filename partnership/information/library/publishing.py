"""Many drafts become public at once, each by an act of its own: one costs no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.information.library import services
from partnership.information.library.refusals import NotNow
from partnership.information.models import Document, DocumentVersion

# In one request.
MOST = 300


@dataclass
class Published:
    """How many are public now, how many a worker still reads, and for how many was no room."""

    done: int = 0
    underway: int = 0
    more: int = 0

    def told(self) -> str:
        """What happened, in one sentence for each of these."""
        count, n = self.done, self.underway
        told = [
            ngettext(
                "%(count)s document was published.", "%(count)s documents were published.", count
            )
            % {"count": count}
        ]
        if n:
            left = ngettext(
                "%(count)s was left: its file is still fetched or read.",
                "%(count)s were left: their files are still fetched or read.",
                n,
            )
            told.append(left % {"count": n})
        if self.more:
            told.append(_("%(count)s more wait: publish again.") % {"count": self.more})
        return " ".join(told)


def publish_many(
    documents: Iterable[Document], *, seen: datetime, by: Any, at: datetime
) -> Published:
    """Publish the drafts of these documents that were there when the list was looked at."""
    told = Published()
    drafts = DocumentVersion.objects.filter(
        published_at=None, added_at__lte=seen, document__in=documents, document__withdrawn_at=None
    )
    for draft in drafts.select_related("document", "job").order_by("document__sort_key", "pk"):
        if draft.is_underway:
            told.underway += 1
        elif told.done == MOST:
            told.more += 1
        elif _is_published(draft, by, at):
            told.done += 1
    return told


def _is_published(draft: DocumentVersion, by: Any, at: datetime) -> bool:
    try:
        services.publish(draft, by=by, at=at)
    except NotNow:
        return False
    return True
