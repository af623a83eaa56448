"""How the list of doubts is narrowed, and what is sent of a check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.learning import subject_checks
from courses.learning.models import SubjectCheck
from partnership.lib.forms import day_field


class ChecksFilter(forms.Form):
    """Every filter may be left out."""

    course = forms.ChoiceField(required=False, label=_("Course"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("any")), ("open", _("open")), ("settled", _("settled"))],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        own = [(slug, slug.upper()) for slug in subject_checks.courses()]
        fields["course"].choices = [("", _("any")), *own]


class SubjectCheckForm(forms.Form):
    """The day, the source, the result, and what the source says."""

    on = day_field(_("Checked on"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Decision, paragraph and version, so that somebody else finds the place."),
    )
    result = forms.ChoiceField(label=_("Result"), choices=SubjectCheck.Result.choices)
    finding = forms.CharField(
        required=False,
        label=_("What the source says"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where the lesson is to be written otherwise."),
    )
