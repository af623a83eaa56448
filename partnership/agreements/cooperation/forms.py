"""What is asked of approaches and authorizations, and what editors write of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import DateField, TextField
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from partnership.agreements.cooperation import queries
from partnership.agreements.cooperation.models import (
    Approach,
    ApproachLine,
    Authorization,
    AuthorizationLine,
)
from partnership.agreements.cooperation.models.dated import NOT_STATED
from partnership.agreements.desk_forms import party_field
from partnership.agreements.forms import DayFilter, PartyField
from partnership.agreements.models import Agreement
from partnership.lib.dating import Precision, as_known
from partnership.lib.forms import day_field
from partnership.members.country_fields import CountriesField
from partnership.sources.forms import ANY, source_field, text_field
from partnership.sources.models import Sector

ORDERS = [
    ("", _("host Party")),
    ("title", _("title")),
    ("-known_from", _("newest first")),
    ("known_from", _("oldest first")),
]
NO_ONE = (queries.NOT_KNOWN, _("not known"))


class PartyOrNoneField(PartyField):
    """A Party, or none that is known."""

    def to_python(self, value: Any) -> str:
        return value if value == queries.NOT_KNOWN else super().to_python(value)


class EntryFilter(DayFilter):
    """The same filters for both kinds, for the page, the exports and the API."""

    model: Any
    field_order: Sequence[str] = ("host", "acquiring", "stage", "sector", "source", "as_of")

    host = PartyField(required=False, label=_("Host Party"))
    acquiring = PartyOrNoneField(required=False, label=_("Acquiring Party"))
    stage = forms.ChoiceField(required=False, label=_("Stage"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    source = forms.ChoiceField(required=False, label=_("Named by source"))
    ordering = forms.ChoiceField(required=False, label=_("Order"), choices=ORDERS)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        found: dict[str, list[tuple[str, Any]]] = {
            "host": queries.hosts_named(self.model),
            "acquiring": [*queries.acquiring_named(self.model), NO_ONE],
            "stage": queries.LINES[self.model].Stage.choices,
            "sector": [*queries.sectors_named(self.model), NO_ONE],
            "source": queries.sources_named(self.model),
        }
        for name, choices in found.items():
            fields[name].choices = [ANY, *choices]


class ApproachFilter(EntryFilter):
    model = Approach


class AuthorizationFilter(EntryFilter):
    model = Authorization


class DeskFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Words, ID or host Party"))
    state = forms.ChoiceField(
        required=False,
        label=_("Lines"),
        choices=[
            ANY,
            ("unchecked", _("one is not compared with its source")),
            ("empty", _("none: not shown in the register")),
        ],
    )


def _column(model: Any, name: str, **more: Any) -> Any:
    return model._meta.get_field(name).formfield(**more)


class EntryForm(forms.Form):
    """What approaches and authorizations have in common."""

    model: Any

    title = _column(Approach, "title", widget=forms.TextInput(attrs={"dir": "auto"}))
    host = party_field(_("Host Party"), empty_label=_("choose"))
    acquiring = CountriesField(
        label=_("Acquiring Parties"),
        help_text=_("By code or name, with semicolons: JPN; Viet Nam. Empty means: not known."),
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.select_related("acquiring", "host"),
        to_field_name="slug",
        label=_("Agreement"),
        required=False,
        empty_label=_("not known"),
    )
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        to_field_name="slug",
        label=_("Sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = text_field(_("Note"))

    @classmethod
    def known(cls, row: Any) -> dict[str, Any]:
        """What an entry says, as the form takes it."""
        own = {name: getattr(row, name, None) for name in cls.base_fields}
        return own | {
            "acquiring": "; ".join(party.iso3 for party in row.acquiring.all()),
            "sectors": [sector.slug for sector in row.sectors.all()],
            "agreement": row.agreement.slug if row.agreement else None,
        }


class ApproachForm(EntryForm):
    field_order = ("title", "code", "kind", "host")

    code = _column(Approach, "code")
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Approach.Kind.choices, initial=Approach.Kind.NOT_STATED
    )


class AuthorizationForm(EntryForm):
    field_order = ("title", "code", "host", "acquiring", "approach")

    code = _column(Authorization, "code")
    approach = forms.ModelChoiceField(
        Approach.objects.order_by("title"),
        to_field_name="slug",
        label=_("Cooperative approach"),
        required=False,
        empty_label=_("not known"),
    )

    @classmethod
    def known(cls, row: Any) -> dict[str, Any]:
        slug = row.approach.slug if row.approach else None
        return super().known(row) | {"approach": slug}


HELP: dict[str, Any] = {
    "version": _("1 when it is given; a change is the next."),
    "purposes": _(
        "NDC: towards a nationally determined contribution. OIMP: other international mitigation "
        "purposes, which are IMP, such as CORSIA, or OP, other purposes."
    ),
    "may_use": _("Where Parties are named, enter them as acquiring Parties."),
    "oimp": _("Such as: CORSIA."),
    "entities": _("One on each line: name; country of incorporation; identification number."),
    "quantity": _("Where the authorization sets an upper limit."),
    "terms": _("Also how it may be changed or revoked."),
}


def _cell(column: Any, **more: Any) -> Any:
    """A value that a source may leave open."""
    if isinstance(column, DateField):
        return day_field(_capital(column), required=False)
    told = {"help_text": HELP.get(column.name, "")}
    if column.choices:
        return forms.ChoiceField(
            label=_capital(column), choices=column.choices, initial=NOT_STATED, **told
        )
    if isinstance(column, TextField):
        return text_field(_capital(column), **told)
    return column.formfield(**told)


def _capital(column: Any) -> Any:
    return column.formfield().label


class LineForm(forms.Form):
    """What one source says, and as of when."""

    on = day_field(_("Date"))
    precision = forms.ChoiceField(
        label=_("The date is known"), choices=Precision.choices, initial=Precision.DAY
    )
    is_report_date = forms.BooleanField(
        label=_("The source only lists it: the date is that of the list"), required=False
    )
    source = source_field()
    is_checked = forms.BooleanField(label=_("I have read it in this source"), required=False)
    note = text_field(_("Note"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("on"):
            found["on"] = as_known(found["on"], found.get("precision", ""))
        return found


def _line_form(name: str, line: Any, values: tuple[str, ...]) -> type[LineForm]:
    """The form of a line with the values of its kind, each as its column has it."""
    own = fields_for_model(line, fields=("stage", *values), formfield_callback=_cell)
    order = ("stage", "on", "precision", "is_report_date", "source", "is_checked")
    return type(name, (LineForm,), {"field_order": order, **own})


ApproachLineForm = _line_form("ApproachLineForm", ApproachLine, Approach.VALUES)
AuthorizationLineForm = _line_form("AuthorizationLineForm", AuthorizationLine, Authorization.VALUES)


class ConfirmForm(forms.Form):
    """Nothing is to be typed: all of the line is so."""


def with_reason(form: type[LineForm]) -> type[LineForm]:
    """The same line as it should be, and why."""
    reason = forms.CharField(
        label=_("Why it is put right"),
        max_length=600,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Stays beside the old line and in the log."),
    )
    return type(f"Correct{form.__name__}", (form,), {"reason": reason})
