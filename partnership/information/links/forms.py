from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.information.models import Link


class LinksFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("broken or moved")), *Link.State.choices],
    )
