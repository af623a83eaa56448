from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.casestudies import queries
from partnership.casestudies.models import CaseStudy
from partnership.sources.models import Sector


class CaseFilter(forms.Form):
    """Choices are what published cases have, so no choice leads to an empty list by itself."""

    country = forms.ChoiceField(required=False, label=_("Country"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    mechanism = forms.ChoiceField(required=False, label=_("Mechanism"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        published = CaseStudy.objects.published()
        countries = [(row.iso3, row.name) for row in queries.countries_with_cases()]
        sectors = Sector.objects.filter(cases__in=published).distinct()
        mechanisms = published.order_by("mechanism").values_list("mechanism", flat=True).distinct()
        fields["country"].choices = [("", _("any")), *countries]
        fields["sector"].choices = [("", _("any")), *((row.slug, row.name) for row in sectors)]
        fields["mechanism"].choices = [("", _("any")), *((name, name) for name in mechanisms)]
