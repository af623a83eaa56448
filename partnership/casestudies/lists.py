"""What the form of a case study offers to choose from: each list read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partnership.casestudies.models import CaseStudy
from partnership.casestudies.telling import OF_SOURCE, fields_of
from partnership.members.models import Country, Institution
from partnership.sources.models import Sector, Source

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Lists:
    countries: Choices
    institutions: Choices
    sectors: Choices
    agreements: Choices
    sources: Choices
    words: dict[str, dict[str, Any]]


def lists() -> Lists:
    """The lists of today, in five queries."""
    # The register stands beside this subject: its rows are reached through our own key to them.
    agreements: Any = CaseStudy._meta.get_field("agreement").related_model
    sources = list(Source.objects.order_by("title", "pk"))
    return Lists(
        countries=[(row.iso3, row.name) for row in Country.objects.order_by("sort_key")],
        institutions=[(row.slug, row.name) for row in Institution.objects.order_by("sort_key")],
        sectors=[(row.slug, row.name) for row in Sector.objects.order_by("name")],
        agreements=[
            (row.slug, str(row))
            for row in agreements.objects.select_related("acquiring", "host").order_by("slug")
        ],
        sources=[(row.slug, row.title[:100]) for row in sources],
        words={row.slug: fields_of(row, OF_SOURCE) for row in sources},
    )
