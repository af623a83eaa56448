"""What is sent to put a partner's sign on certificates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LogoForm(forms.Form):
    """A picture, and whose it is."""

    partner = forms.CharField(
        label=_("Name of the partner"),
        max_length=150,
        help_text=_("Read instead of the picture to those who do not see it."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG, WebP or GIF. We draw it anew, at most 600 dots wide."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
