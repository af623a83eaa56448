"""What can be asked of the lists of a delegation, and what is sent from its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.accounts.forms import NameForm, email_field
from partnership.accounts.models import Role
from partnership.accounts.names import LONGEST, as_written
from partnership.lib.forms import day_field, web_field
from partnership.members.delegations import COUNTRY, INSTITUTION, Delegation
from partnership.members.models import Country, FocalTerm, Institution, Invitation

ANY = ("", _("any"))


def title_field() -> forms.CharField:
    return forms.CharField(
        label=_("Job title"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization-title"}),
    )


class PeopleFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name or title"))
    when = forms.ChoiceField(
        required=False,
        label=_("Posts"),
        choices=[("", _("held now")), ("before", _("ended")), ("all", _("all"))],
    )
    check = forms.ChoiceField(
        required=False,
        label=_("Confirmed"),
        choices=[("", _("any")), ("due", _("not for a year"))],
    )


class ColleaguesFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name"))
    place = forms.ModelChoiceField(
        Country.objects.order_by("sort_key"),
        label=_("Country"),
        required=False,
        empty_label=_("any"),
    )


class InvitationsFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name or address"))
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[ANY, *Invitation.State.choices]
    )


class AllInvitationsFilter(InvitationsFilter):
    role = forms.ChoiceField(required=False, label=_("Role"), choices=[ANY, *Role.choices])


class InviteForm(forms.Form):
    """An address and a post; the rest follows from the delegation."""

    email = email_field(help_text=_("The person's own address, not one that an office shares."))
    name = forms.CharField(
        label=_("Name, if you know it"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    title = title_field()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        return as_written(name) if name else ""


class PlaceField(forms.CharField):
    """A country or an institution, by its code, slug or exact name."""

    def __init__(self, **more: Any):
        shape = {"list": "places", "autocomplete": "off", "dir": "auto"}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=shape), **more)

    def clean(self, value: Any) -> Delegation | None:
        typed = super().clean(value)
        if not typed:
            return None
        country = Country.objects.filter(name__iexact=typed).first()
        country = country or Country.objects.filter(iso3=typed.upper()[:3]).first()
        if country and (len(typed) == 3 or typed.lower() == country.name.lower()):
            return Delegation(COUNTRY, country.code, country)
        found = Institution.objects.filter(name__iexact=typed).first()
        found = found or Institution.objects.filter(slug=typed.lower()).first()
        if found:
            return Delegation(INSTITUTION, found.slug, found)
        raise forms.ValidationError(
            _("No country or institution has this name. Choose one of those that are offered.")
        )


class InviteAnybodyForm(InviteForm):
    """The secretariat invites to every role; focal points are appointed on a letter instead."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(r.value, r.label) for r in Role if r != Role.FOCAL_POINT]
    )
    place = PlaceField(label=_("Country or institution"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("role") == Role.OFFICIAL and not found.get("place"):
            self.add_error("place", _("An official belongs to a country or an institution."))
        return found


class CodeForm(forms.Form):
    """Address and code, for those whose link does not work."""

    email = email_field()
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code",
                "dir": "ltr",
            }
        ),
        error_messages={"required": _("Write the code that stands in the mail.")},
    )


class AcceptForm(NameForm):
    """The name of an account that is made."""


class AskForm(forms.Form):
    """To which delegation, as what, since when; which address those who decide may see."""

    place = PlaceField(
        label=_("Country or institution"),
        error_messages={"required": _("Name your country or institution.")},
    )
    title = title_field()
    since = day_field(_("In this post since"))
    email = forms.ChoiceField(
        label=_("Address shown to those who decide"),
        help_text=_("An address at your office answers fastest."),
    )

    def __init__(self, *args: Any, addresses: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["email"]
        field.choices = [(address, address) for address in addresses]


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", ""), ("decline", "")])
    reply = forms.CharField(max_length=600, required=False, label=_("Reply"))


class ProfileForm(forms.Form):
    text = forms.CharField(
        label=_("What you do on Article 6"),
        help_text=_("Plain text; an empty line begins a new paragraph."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    contact = forms.CharField(
        label=_("Contact"),
        help_text=_("An office with its address or telephone: it is shown to everybody."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    website = web_field(_("Website"), max_length=300)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class FunctionForm(forms.Form):
    """Who of the delegation gets which function."""

    person = forms.UUIDField()
    function = forms.ChoiceField(choices=FocalTerm.Function.choices)
    is_deputy = forms.BooleanField(required=False)


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Mail domain"),
        max_length=190,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "ministry.example"}),
        error_messages={"required": _("Write a domain, like ministry.example.")},
    )


class PlacedDomainForm(DomainForm):
    place = PlaceField(label=_("Country or institution"))


class AppointmentsFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Name, country or institution"))
    state = forms.ChoiceField(
        required=False,
        label=_("Term"),
        choices=[
            ("", _("holds today")),
            ("soon", _("ends within 60 days")),
            ("grace", _("in the days of grace")),
            ("over", _("over")),
        ],
    )


class AppointForm(forms.Form):
    """A focal point on an official letter. Who has no account yet is invited."""

    place = PlaceField(label=_("Country or institution"))
    email = email_field(help_text=_("Who has no account with it yet is invited by mail."))
    name = forms.CharField(
        label=_("Name as the letter writes it"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    function = forms.ChoiceField(label=_("Function"), choices=FocalTerm.Function.choices)
    is_deputy = forms.BooleanField(label=_("As deputy"), required=False)
    until = day_field(_("Term until"))
    written_on = day_field(_("Date of the letter"))
    letter = forms.FileField(
        label=_("Official letter"), help_text=_("PDF, PNG or JPEG, at most 10 MB.")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.on:
            raise forms.ValidationError(_("This day is over. Write the last day of the term."))
        return until

    def clean_written_on(self) -> date:
        day: date = self.cleaned_data["written_on"]
        if day > self.on:
            raise forms.ValidationError(_("A letter is not written in the future."))
        return day
