"""Reads over the glossary."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse

from partnership.information.models import GlossaryTerm
from partnership.search.services import Entry


def glossary(*, asked: str = "", category: str = "") -> QuerySet[GlossaryTerm]:
    """Terms in order, by category or by a part of the term or its abbreviation."""
    rows = GlossaryTerm.objects.prefetch_related("see_also")
    if category:
        rows = rows.filter(category=category)
    if asked:
        rows = rows.filter(
            Q(term__icontains=asked)
            | Q(abbreviation__icontains=asked)
            | Q(definition__icontains=asked)
        )
    return rows.order_by("sort_key")


def search_entries() -> Iterable[Entry]:
    page = reverse("information:glossary")
    for term in GlossaryTerm.objects.all():
        yield Entry(
            key=term.slug,
            title=f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term,
            address=f"{page}#{term.slug}",
            summary=term.definition,
            language=term.language,
        )
