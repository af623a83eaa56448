from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.sources.models import DatedFact


class FactFilter(forms.Form):
    topic = forms.ChoiceField(
        required=False, label=_("Topic"), choices=[("", _("all")), *DatedFact.Topic.choices]
    )
