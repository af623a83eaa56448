from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.information.models import GlossaryTerm


class GlossaryFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Word"))
    category = forms.ChoiceField(
        required=False,
        label=_("Subject"),
        choices=[("", _("any")), *GlossaryTerm.Category.choices],
    )
