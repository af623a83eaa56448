"""What is counted of members over time."""

from __future__ import annotations

from partnership.lib.counting import Span
from partnership.members.models import Participation

COUNTRIES, INSTITUTIONS = "countries", "institutions"


def memberships() -> list[Span]:
    """Dated memberships of countries and of institutions."""
    rows = Participation.objects.order_by("pk").values_list("begins_on", "ends_on", "country")
    return [
        Span(begins, (COUNTRIES if country else INSTITUTIONS,), ends)
        for begins, ends, country in rows
    ]
