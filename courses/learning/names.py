"""What people type as their name, for certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.learning.lettering import is_latin
from partnership.accounts.names import LONGEST, as_written


class NameForm(forms.Form):
    """The name as its bearer writes it, and in Latin letters."""

    name = forms.CharField(
        label=gettext_lazy("Your name as you write it"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    latin_name = forms.CharField(
        label=gettext_lazy("Your name in Latin letters"),
        help_text=gettext_lazy("As in your passport. Leave it empty if the first name is that."),
        max_length=LONGEST,
        required=False,
    )
    renew = forms.BooleanField(
        label=gettext_lazy("Replace my certificates by ones in this name"), required=False
    )

    def clean_name(self) -> str:
        return as_written(self.cleaned_data["name"])

    def clean_latin_name(self) -> str:
        latin = self.cleaned_data["latin_name"]
        return as_written(latin) if latin else ""

    def clean(self) -> dict[str, Any]:
        name, latin = (self.cleaned_data.get(field, "") for field in ("name", "latin_name"))
        if not is_latin(latin):
            self.add_error("latin_name", _("Use only Latin letters here: A to Z, with any marks."))
        elif name and not latin and not is_latin(name):
            self.add_error("latin_name", _("Write your name in Latin letters too."))
        return self.cleaned_data
