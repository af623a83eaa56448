"""Names of countries and institutions to choose from, in one query."""

from __future__ import annotations

from django.db.models import CharField
from django.db.models.functions import Cast

from partnership.members.models import Country, Institution


def places() -> list[str]:
    """As a field offers them; what is typed must be one of these, a code or a slug."""
    countries = Country.objects.order_by().values_list(Cast("name", CharField()), "sort_key")
    institutions = Institution.objects.order_by().values_list(Cast("name", CharField()), "sort_key")
    return [name for name, _key in countries.union(institutions).order_by("sort_key")]
