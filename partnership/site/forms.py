from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.members.forms import ALL, CountryFilter
from partnership.site.searching import LANGUAGES, NAMES


class DirectoryFilter(CountryFilter):
    part = forms.ChoiceField(
        required=False,
        label=_("In the register as"),
        choices=[ALL, ("host", _("host Party")), ("acquiring", _("acquiring Party"))],
    )


class LinesField(forms.CharField):
    """One thing on each line; empty lines say nothing."""

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        return [line for line in lines if line]


def _lines(label: Any, rows: int, **more: Any) -> LinesField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return LinesField(label=label, max_length=8000, widget=widget, **more)


class SynonymForm(forms.Form):
    forms = _lines(
        _("Words that mean the same, one form on each line"),
        8,
        help_text=_(
            "In any language. Plurals are found by themselves; acronyms have their capitals."
        ),
    )
    found_only = _lines(
        _("Of these, forms that also mean something else"),
        2,
        required=False,
        help_text=_(
            "Who asks for one of these finds the others, but what holds only this is not found by"
            " them: CA is also the code of Canada."
        ),
    )


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[ALL, *NAMES.items()])
    language = forms.ChoiceField(
        required=False, label=_("Language"), choices=[ALL, *LANGUAGES.items()]
    )
