"""What can be asked of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.audit import queries
from partnership.audit.services import NETWORKS

ANY = ("", _("any"))


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=False, label=label, widget=widget)


def _same(word: str) -> tuple[str, str]:
    return word, word


class LogFilter(forms.Form):
    who = forms.CharField(required=False, max_length=100, label=_("Who: name, address or key"))
    verb = forms.ChoiceField(required=False, label=_("What was done"))
    kind = forms.ChoiceField(required=False, label=_("Kind of object"))
    key = forms.CharField(required=False, max_length=120, label=_("Key of the object"))
    since = _day(_("From"))
    until = _day(_("To"))
    network = forms.ChoiceField(
        required=False, label=_("Network"), choices=[ANY, *map(_same, NETWORKS)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("verb", "kind"):
            field: Any = self.fields[name]
            field.choices = [ANY, *map(_same, queries.words(name))]
