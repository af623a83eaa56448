"""What keepers type of a document: days as far as they are known, its language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from partnership.lib.dating import Precision, read_day
from partnership.lib.languages import named

# Of the documents of the field; others are written by their code in a list.
LANGUAGES: tuple[str, ...] = (
    "en",
    "fr",
    "es",
    "ar",
    "ru",
    "zh",
    "pt",
    "ja",
    "ko",
    "vi",
    "id",
    "mn",
    "de",
)
LANGUAGES += ("th", "lo", "km", "my", "bn", "si", "ne", "uk", "fa", "ur", "it", "sv", "ka", "am")


def languages() -> list[tuple[str, str]]:
    return [("", _("not known")), *named(LANGUAGES)]


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
