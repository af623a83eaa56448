"""How the register reads, for whoever says that something in it is wrong."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from partnership.agreements import queries
from partnership.agreements.models import Agreement, AgreementStage
from partnership.remarks.told import Told, tells


@tells("agreement", _("agreement"))
def agreement(key: str, on: date) -> Told | None:
    """The whole of one agreement, as search shows it."""
    rows = queries.with_lines(Agreement.objects.on(on), day=on)
    row = rows.filter(slug=key).first()
    return _told(row, queries.summary(queries.current(row.lines))) if row else None


@tells("line", _("line of the register"))
def line(key: str, on: date) -> Told | None:
    """What one source says of an agreement: `jpn-vnm/signed.2013-07-02.source`."""
    slug, _slash, handle = key.partition("/")
    rows = AgreementStage.objects.standing().filter(agreement__slug=slug, on__lte=on)
    for row in rows.select_related("agreement__acquiring", "agreement__host", "source"):
        if row.handle == handle:
            source = f" ({row.source})" if row.source else ""
            return _told(row.agreement, f"{queries.summary(row)}{source}")
    return None


def _told(row: Agreement, said: str) -> Told:
    return Told(f"{row}: {said}", row.get_absolute_url(), (row.acquiring_id, row.host_id))
