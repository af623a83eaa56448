"""Several countries in one line, by their names or codes."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from partnership.members.imports.judging import CellWrong
from partnership.members.imports.labels import Labels
from partnership.members.models import Country


def countries_in(text: str, labels: Labels) -> list[Country]:
    """Countries by code or name, with semicolons between them. Raises CellWrong."""
    words = [word.strip() for word in re.split(r"[;\n]", text) if word.strip()]
    found = [labels.country({"countries": word}, "countries") for word in words]
    return list(dict.fromkeys(country for country in found if country))


class CountriesField(forms.CharField):
    def __init__(self, **kwargs: Any):
        shape = {"autocomplete": "off", "dir": "auto"}
        usual = {
            "label": gettext_lazy("Countries"),
            "required": False,
            "max_length": 2000,
            "widget": forms.TextInput(attrs=shape),
            "help_text": gettext_lazy("By code or name, with semicolons: JPN; Viet Nam."),
        }
        super().__init__(**{**usual, **kwargs})

    def clean(self, value: Any) -> list[Country]:
        text = super().clean(value)
        try:
            return countries_in(text, Labels()) if text else []
        except CellWrong as wrong:
            raise forms.ValidationError(str(wrong)) from None
