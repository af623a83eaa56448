"""How case studies and their figures read, for whoever says that something in them is wrong."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from partnership.casestudies.models import CaseFigure, CaseStudy
from partnership.remarks.told import Told, figure, tells


@tells("case", _("case study"))
def case(key: str, _on: date) -> Told | None:
    """A case that everybody may read."""
    row = CaseStudy.objects.published().filter(slug=key).first()
    return _told(row, row.title) if row else None


@tells("figure", _("figure of a case study"))
def of_case(key: str, on: date) -> Told | None:
    """One figure by its case and its key: `case/households`."""
    slug, _slash, name = key.partition("/")
    row = CaseStudy.objects.published().filter(slug=slug).first()
    found = CaseFigure.objects.filter(section__case=row, key=name).first() if row else None
    return _told(row, f"{row.title}: {figure(found)}") if row and found else None


def _told(row: CaseStudy, said: str) -> Told:
    codes = row.countries.order_by("pk").values_list("pk", flat=True)
    return Told(said, row.get_absolute_url(), tuple(dict.fromkeys(codes)))
