from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.information.models import Digest


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often the mail comes"),
        choices=Digest.Rhythm.choices,
        widget=forms.RadioSelect,
    )
