"""The register's filters, the same for the page, the exports and the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.agreements import queries
from partnership.agreements.history import PartyStatement
from partnership.agreements.models import AgreementStage
from partnership.members.models import Country
from partnership.sources.models import Sector, Source


class PartyField(forms.ChoiceField):
    """A Party by its code in either case."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()


class DayFilter(forms.Form):
    """The day on which the register is looked at; today when it is left out."""

    as_of = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        label=_("As it stood on"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2022-12-16.")},
    )

    def day(self, today: date) -> date:
        return self.cleaned_data.get("as_of") or today


class StatementForm(forms.Form):
    """What a Party says of an agreement: of all of it, or of one line."""

    country = forms.ChoiceField(label=_("You speak for"))
    about = forms.ChoiceField(label=_("About"), required=False)
    stance = forms.ChoiceField(
        label=_("Your Party"), choices=PartyStatement.Stance.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=600,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Everybody reads it. Name the document that shows it, if there is one."),
    )

    def __init__(
        self, *args: Any, lines: list[AgreementStage], parties: dict[str, Country], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.lines = {line.handle: line for line in lines}
        fields: dict[str, Any] = self.fields
        fields["country"].choices = [(code, str(party)) for code, party in parties.items()]
        fields["about"].choices = [
            ("", _("the whole agreement")),
            *((handle, queries.summary(line)) for handle, line in self.lines.items()),
        ]

    def line_named(self, handle: str) -> AgreementStage | None:
        return self.lines.get(handle)


class GrowthFilter(DayFilter):
    """By which steps the register is counted, up to which day."""

    field_order = ("step", "as_of")

    step = forms.ChoiceField(
        required=False,
        label=_("Counted at the end of each"),
        choices=[("", _("year")), ("month", _("month, for two years"))],
    )


class RegisterFilter(DayFilter):
    """Every filter may be left out. What cannot be understood is refused with its field."""

    field_order = (
        *("acquiring", "host", "kind", "stage", "sector", "source"),
        *("checked", "as_of", "ordering"),
    )

    acquiring = PartyField(required=False, label=_("Acquiring Party"))
    host = PartyField(required=False, label=_("Host Party"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    stage = forms.ChoiceField(required=False, label=_("Stage"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    source = forms.ChoiceField(required=False, label=_("Named by source"))
    checked = forms.ChoiceField(
        required=False,
        label=_("Last check"),
        choices=[("", _("any")), (queries.UNCHECKED, _("not for twelve months"))],
    )
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("acquiring Party")),
            ("host", _("host Party")),
            ("-known_from", _("newest first")),
            ("known_from", _("oldest first")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        acquiring, hosts = queries.parties_named()
        sectors = Sector.objects.filter(agreements__isnull=False).distinct()
        sources = Source.objects.filter(agreement_stages__isnull=False).distinct()
        found: dict[str, list[tuple[str, Any]]] = {
            "acquiring": acquiring,
            "host": hosts,
            "kind": AgreementStage.Kind.choices,
            "stage": AgreementStage.Stage.choices,
            "sector": [
                *sectors.values_list("slug", "name"),
                (queries.NOT_KNOWN, _("not known")),
            ],
            "source": list(sources.values_list("slug", "title")),
        }
        for name, choices in found.items():
            fields[name].choices = [("", _("any")), *choices]
