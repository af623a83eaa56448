"""What can be asked of the roll, and what the secretariat writes into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib.forms import day_field, web_field
from partnership.members.delegations import COUNTRY
from partnership.members.desk_forms import ANY, ProfileForm
from partnership.members.models import Country, Institution
from partnership.members.models.countries import Region
from partnership.members.models.dated import ENDS_BEFORE
from partnership.sources.forms import source_field


class RollFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name"))
    type = forms.ChoiceField(required=False)
    state = forms.ChoiceField(
        required=False,
        label=_("Membership"),
        choices=[
            ANY,
            ("member", _("member today")),
            ("left", _("has left")),
            ("unknown", _("not known to us")),
        ],
    )
    focal = forms.ChoiceField(
        required=False,
        label=_("Focal points"),
        choices=[
            ANY,
            ("some", _("appointed")),
            ("none", _("nobody")),
            ("soon", _("a term ends within 60 days")),
        ],
    )

    def __init__(self, *args: Any, of: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.label = _("Region") if of == COUNTRY else _("Type")
        field.choices = [ANY, *(Region.choices if of == COUNTRY else Institution.Kind.choices)]


class LineForm(forms.Form):
    """One stretch of membership."""

    begins_on = day_field(_("Joined on"))
    ends_on = day_field(_("Left on"), required=False, help_text=_("The last day as a member."))
    source = source_field()
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("begins_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ENDS_BEFORE)
        return found


class InstitutionForm(forms.Form):
    """What an institution is. Its slug follows from its name once, and stays."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    acronym = forms.CharField(label=_("Acronym"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=Institution.Kind.choices)
    seat = forms.ModelChoiceField(
        Country.objects.order_by("sort_key"),
        label=_("Country of seat"),
        required=False,
        empty_label=_("not known"),
    )
    website = web_field(_("Website"), max_length=300)
    role = forms.CharField(
        label=_("Role in which the source names it"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    source = source_field()


class ContactForm(forms.Form):
    """An office, shown to everybody."""

    contact = ProfileForm.base_fields["contact"]
    website = ProfileForm.base_fields["website"]
