from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib.forms import day_field, web_field
from partnership.sources.links import LONGEST_COPY
from partnership.sources.models import Link


class CopyForm(forms.Form):
    """Where an archive keeps a page, and as it was on which day."""

    archived_address = web_field(
        _("Address of the copy"),
        max_length=LONGEST_COPY,
        help_text=_("Empty: no copy is known, and the archive is asked again in four weeks."),
    )
    archived_on = day_field(
        _("Copied on"), required=False, help_text=_("The day of the page that the copy shows.")
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        if found["archived_address"] and not found["archived_on"]:
            self.add_error("archived_on", _("Name the day on which the copy was taken."))
        elif found["archived_on"] and not found["archived_address"]:
            self.add_error("archived_address", _("Name the address of the copy."))
        return found


class LinksFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("broken or moved")), *Link.State.choices],
    )
