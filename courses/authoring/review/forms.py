"""What readers and authors send around the review and the publishing of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.review.services.planning import moment
from partnership.accounts.forms import zones
from partnership.accounts.models import User
from partnership.lib.errors import Refusal

LARGE = 2**53


class ActForm(forms.Form):
    """One act upon a comment, a reader or an approval, as its button sends it."""

    act = forms.CharField(max_length=20)
    body = forms.CharField(required=False, max_length=20_000, strip=False)
    key = forms.UUIDField(required=False)
    thread = forms.IntegerField(required=False, min_value=1, max_value=LARGE)
    review = forms.IntegerField(required=False, min_value=1, max_value=LARGE)
    saw = forms.IntegerField(required=False, min_value=0, max_value=LARGE)
    text = forms.CharField(required=False, max_length=64)
    reviewer = forms.UUIDField(required=False)
    note = forms.CharField(required=False, max_length=500)
    needs_approval = forms.BooleanField(required=False)


class AskForm(forms.Form):
    """Which colleague, and what to look at."""

    reviewer = forms.ChoiceField(label=_("Colleague"))
    note = forms.CharField(
        label=_("What to look at"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, people: list[User]):
        super().__init__()
        field: Any = self.fields["reviewer"]
        field.choices = [(str(one.uuid), str(one)) for one in people]


class WithdrawForm(forms.Form):
    """What its learners read."""

    because = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        help_text=_("Learners read this. Those in the middle go on; nobody new begins."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class CorrectionForm(forms.Form):
    """A lesson's text with its spelling put right."""

    text = forms.CharField(
        label=_("Text"), strip=False, widget=forms.Textarea(attrs={"rows": 20, "dir": "auto"})
    )
    reason = forms.CharField(
        label=_("What is corrected"),
        max_length=90,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    why_meaning = forms.CharField(
        label=_("Why a number or a word like “not” or “must” may be another"),
        required=False,
        max_length=90,
        help_text=_("Only where one changes. What is taught otherwise is the next edition."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    saw = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PlanForm(forms.Form):
    """A time as the clock of some place shows it."""

    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    clock = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Of the place whose clock is meant.")
    )

    def __init__(self, data: Any = None, *, zone: str = ""):
        super().__init__(data, initial={"zone": zone or "UTC"})
        field: Any = self.fields["zone"]
        field.choices = [("UTC", "UTC"), *((name, name) for name in zones())]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if {"on", "clock", "zone"} <= given.keys():
            try:
                local = datetime.combine(given["on"], given["clock"])
                given["due_at"] = moment(local, given["zone"])
            except (Refusal, OverflowError) as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return given
