"""The directory's filters, the same for the page and the API."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.members.models import CountryGroup, Institution

ALL = ("", _("all"))
REGIONS = [
    ("Africa", _("Africa")),
    ("Americas", _("Americas")),
    ("Asia", _("Asia")),
    ("Europe", _("Europe")),
    ("Oceania", _("Oceania")),
]


class CountryFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name or code"))
    region = forms.ChoiceField(required=False, label=_("Region"), choices=[ALL, *REGIONS])
    group = forms.ChoiceField(
        required=False, label=_("Group"), choices=[ALL, *CountryGroup.Group.choices]
    )


class InstitutionFilter(forms.Form):
    kind = forms.ChoiceField(
        required=False, label=_("Kind"), choices=[ALL, *Institution.Kind.choices]
    )
