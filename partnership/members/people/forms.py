"""What can be asked of the list of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models import Role
from partnership.members.people.places import Place, named

ANY = ("", _("any"))
ACTIVE, DISABLED, NEVER, WITHOUT_FACTOR = "active", "disabled", "never", "no-factor"
IN_POST, WITHOUT_POST = "now", "none"


class PlaceFilter(forms.CharField):
    """A country or an institution by code, slug or any of its names."""

    places: Sequence[Place] = ()

    def clean(self, value: Any) -> Place | None:
        typed = super().clean(value)
        found = named(self.places, typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(
                _("No country or institution has this name. Choose one of those that are offered.")
            )
        return found


class PeopleFilter(forms.Form):
    """Every filter may be left out. A search is for words: each must be found somewhere."""

    q = forms.CharField(required=False, max_length=100, label=_("Name, address or place"))
    place = PlaceFilter(
        required=False,
        max_length=200,
        label=_("Country or institution"),
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off", "dir": "auto"}),
    )
    role = forms.ChoiceField(required=False, label=_("Role"), choices=[ANY, *Role.choices])
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ANY,
            (ACTIVE, _("may sign in")),
            (DISABLED, _("disabled")),
            (NEVER, _("never signed in")),
            (WITHOUT_FACTOR, _("no second factor")),
        ],
    )
    post = forms.ChoiceField(
        required=False,
        label=_("Post today"),
        choices=[ANY, (IN_POST, _("in a post")), (WITHOUT_POST, _("in none"))],
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = places
        field: Any = self.fields["place"]
        field.places = places
