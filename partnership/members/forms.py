"""The directory's filters, the same for the page and the API."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.members.models import CountryGroup, Institution, Region

ALL = ("", _("all"))


class CountryFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name or code"))
    region = forms.ChoiceField(required=False, label=_("Region"), choices=[ALL, *Region.choices])
    group = forms.ChoiceField(
        required=False, label=_("Group"), choices=[ALL, *CountryGroup.Group.choices]
    )


class InstitutionFilter(forms.Form):
    kind = forms.ChoiceField(
        required=False, label=_("Kind"), choices=[ALL, *Institution.Kind.choices]
    )
