"""The register's filters, the same for the page, the exports and the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.agreements import queries
from partnership.agreements.models import AgreementStage
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

    field_order = ("acquiring", "host", "kind", "stage", "sector", "source", "as_of", "ordering")

    acquiring = PartyField(required=False, label=_("Acquiring Party"))
    host = PartyField(required=False, label=_("Host Party"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    stage = forms.ChoiceField(required=False, label=_("Stage"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    source = forms.ChoiceField(required=False, label=_("Named by source"))
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
