"""What can be asked of feeds and their items, and what editors write of a feed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.information.feeds.addresses import canonical
from partnership.information.models import Feed, Item
from partnership.lib.forms import web_field

ANY = ("", _("any"))


def _words() -> forms.CharField:
    return forms.CharField(required=False, max_length=100, label=_("Words"))


def _feed() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Feed.objects.order_by("title", "pk"),
        to_field_name="slug",
        required=False,
        label=_("Feed"),
        empty_label=_("all"),
    )


class FeedsFilter(forms.Form):
    q = _words()
    health = forms.ChoiceField(
        required=False,
        label=_("Health"),
        choices=[
            ANY,
            ("good", _("good")),
            ("fault", _("with a fault")),
            ("paused", _("paused")),
            ("untried", _("not asked yet")),
        ],
    )


class NewsFilter(forms.Form):
    q = _words()
    feed = _feed()


class QueueFilter(NewsFilter):
    field_order = ("q", "state", "feed")

    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", Item.State.NEW.label), *Item.State.choices[1:]],
    )


class FeedForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    address = web_field(
        _("Address of the feed"),
        max_length=500,
        help_text=_("Of the feed itself, Atom or RSS, not of the page that offers it."),
    )
    language = forms.CharField(
        label=_("Language"),
        max_length=12,
        initial="en",
        help_text=_("As a code, such as en, fr or pt-br: what it brings is marked with it."),
        validators=[Feed._meta.get_field("slug").validators[0]],
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    is_trusted = forms.BooleanField(
        label=_("Trusted: what it brings is shown to everybody without being looked at first"),
        required=False,
    )

    def clean_address(self) -> Any:
        address = self.cleaned_data["address"]
        if not canonical(address):
            raise forms.ValidationError(
                _(
                    "Give the address of a public feed: it begins with http:// or https:// and "
                    "names no user, and no port but 80 or 443."
                )
            )
        return address
