"""How a document of the library reads, for whoever says that something about it is wrong."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from partnership.information.models import Document
from partnership.remarks.told import Told, tells


@tells("document", _("document"))
def document(key: str, _on: date) -> Told | None:
    """A document that everybody may read."""
    row = Document.objects.published().filter(slug=key).first()
    if row is None:
        return None
    said = ", ".join(filter(None, (row.title, row.publisher)))
    codes = row.countries.order_by("pk").values_list("pk", flat=True)
    return Told(said, row.get_absolute_url(), tuple(codes))
