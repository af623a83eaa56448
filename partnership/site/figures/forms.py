from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib.forms import day_field
from partnership.site.figures.series import SERIES


class TimeFilter(forms.Form):
    """From which day to which; both may be left out."""

    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first."))
        return found


class SnapshotFilter(TimeFilter):
    """Of the list that programs read."""

    field_order = ("series", "since", "until")

    series = forms.ChoiceField(
        required=False,
        label=_("Series"),
        choices=[("", _("all")), *((key, series.title) for key, series in SERIES.items())],
    )
