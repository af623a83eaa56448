"""What keepers type of a document: days as far as they are known, countries by their names."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.lib.dating import Precision, read_day
from partnership.lib.languages import named
from partnership.members.imports.judging import CellWrong
from partnership.members.imports.labels import Labels
from partnership.members.models import Country

# Of the documents of the field; others are written by their code in a list.
LANGUAGES: tuple[str, ...] = (
    "en",
    "fr",
    "es",
    "ar",
    "ru",
    "zh-hans",
    "pt",
    "ja",
    "ko",
    "vi",
    "id",
    "mn",
    "de",
)
LANGUAGES += ("th", "lo", "km", "my", "bn", "si", "ne", "uk", "fa", "ur", "it", "sv", "ka", "am")
# As the analyser of search and a reader's browser know it.
SAME = {"zh-hans": "zh"}


def languages() -> list[tuple[str, str]]:
    found = [(SAME.get(code, code), name) for code, name in named(LANGUAGES)]
    return [("", _("not known")), *found]


class KnownDayField(forms.CharField):
    """A day, a month or a year; gives it with how exactly it is known, or neither."""

    def __init__(self, **kwargs: Any):
        shape = {"autocomplete": "off", "dir": "ltr", "size": 12, "placeholder": "2024-05-27"}
        super().__init__(max_length=10, widget=forms.TextInput(attrs=shape), **kwargs)

    def clean(self, value: Any) -> tuple[date | None, str]:
        text = super().clean(value)
        if not text:
            return None, Precision.DAY
        try:
            return read_day(text)
        except ValueError:
            told = _("Write what is known: 2024-05-27, 2024-05 or 2024.")
            raise forms.ValidationError(told) from None


def countries_in(text: str, labels: Labels) -> list[Country]:
    """Countries by code or name, with semicolons between them. Raises CellWrong."""
    words = [word.strip() for word in re.split(r"[;\n]", text) if word.strip()]
    found = [labels.country({"countries": word}, "countries") for word in words]
    return list(dict.fromkeys(country for country in found if country))


class CountriesField(forms.CharField):
    def __init__(self, **kwargs: Any):
        shape = {"autocomplete": "off", "dir": "auto"}
        super().__init__(
            label=gettext_lazy("Countries"),
            required=False,
            max_length=2000,
            widget=forms.TextInput(attrs=shape),
            help_text=gettext_lazy("By code or name, with semicolons: JPN; Viet Nam."),
            **kwargs,
        )

    def clean(self, value: Any) -> list[Country]:
        text = super().clean(value)
        try:
            return countries_in(text, Labels()) if text else []
        except CellWrong as wrong:
            raise forms.ValidationError(str(wrong)) from None
