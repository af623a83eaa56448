"""What editors ask of the register, and what they write into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.agreements.models import AgreementStage
from partnership.lib.dating import Precision, as_known
from partnership.lib.forms import day_field
from partnership.members.models import Country
from partnership.sources.forms import ANY, source_field, text_field

NOT_STATED = "not_stated"


def party_field(label: Any, **more: Any) -> forms.ModelChoiceField:
    """A Party by its code."""
    return forms.ModelChoiceField(Country.objects.order_by("sort_key"), label=label, **more)


class DeskFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Party or code"))
    party = party_field(_("Either Party"), required=False, empty_label=_("any"))
    state = forms.ChoiceField(
        required=False,
        label=_("Lines"),
        choices=[
            ANY,
            ("unconfirmed", _("one is to be confirmed")),
            ("confirmed", _("all were read in a source")),
            ("unchecked", _("none was checked for twelve months")),
            ("empty", _("none: not shown in the register")),
        ],
    )
    stage = forms.ChoiceField(
        required=False, label=_("Stage"), choices=[ANY, *AgreementStage.Stage.choices]
    )
    source = source_field(required=False, empty_label=_("any"))
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("acquiring Party")),
            ("-newest_on", _("newest date first")),
            ("-recorded_at", _("last entered first")),
        ],
    )


class PairForm(forms.Form):
    """Between whom."""

    acquiring = party_field(_("Acquiring Party"), empty_label=_("choose"))
    host = party_field(_("Host Party"), empty_label=_("choose"))
    is_further = forms.BooleanField(
        label=_("The pair is in the register: this is a further agreement"), required=False
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("host") and found.get("host") == found.get("acquiring"):
            self.add_error("host", _("An agreement is between two Parties."))
        return found


def reason_field(label: Any, **more: Any) -> forms.CharField:
    """Why something changes: every version of an agreement says so."""
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, max_length=600, widget=widget, **more)


class LineForm(forms.Form):
    """What one source says of an agreement, and as of when."""

    stage = forms.ChoiceField(
        label=_("Stage"), choices=AgreementStage.Stage.choices, initial=NOT_STATED
    )
    instrument = forms.ChoiceField(
        label=_("Instrument"), choices=AgreementStage.Instrument.choices, initial=NOT_STATED
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=AgreementStage.Kind.choices, initial=NOT_STATED
    )
    on = day_field(_("Date"))
    precision = forms.ChoiceField(
        label=_("The date is known"), choices=Precision.choices, initial=Precision.DAY
    )
    is_report_date = forms.BooleanField(
        label=_("The source only lists the pair: the date is that of the list"), required=False
    )
    source = source_field(required=False, empty_label=_("not known yet"))
    is_confirmed = forms.BooleanField(label=_("I have read it in this source"), required=False)
    acquiring_label = forms.CharField(
        label=_("Acquiring Party as printed"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Where the source prints another name, or “buyer”."),
    )
    host_label = forms.CharField(
        label=_("Host Party as printed"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    note = text_field(_("Note"))
    reason = reason_field(
        _("Why it is entered"),
        help_text=_("Everybody reads it among the versions of the agreement."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("is_confirmed") and not found.get("source") and "source" not in self.errors:
            self.add_error("source", _("Name the source in which you read it."))
        if found.get("on"):
            found["on"] = as_known(found["on"], found.get("precision", ""))
        return found


class ConfirmForm(forms.Form):
    """The source in which an unconfirmed line was read."""

    source = source_field()
    acquiring_label = LineForm.base_fields["acquiring_label"]
    host_label = LineForm.base_fields["host_label"]
    note = LineForm.base_fields["note"]
    reason = reason_field(_("Why"), initial=_("It was read in this source."))


class CheckForm(forms.Form):
    """The source was read again, and nothing is otherwise."""

    reason = reason_field(
        _("What was looked at"), initial=_("The source was read again and still says so.")
    )


class CorrectForm(LineForm):
    """The same line as it should be, and why."""

    reason = reason_field(
        _("Why it is put right"),
        help_text=_("Stays beside the old line, among the versions and in the log."),
    )
