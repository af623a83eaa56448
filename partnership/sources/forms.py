"""What can be asked of facts and sources, and what editors write into them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib.dating import Precision, as_known
from partnership.lib.forms import day_field, web_field
from partnership.sources.models import DatedFact, Source

ANY = ("", _("any"))


class TopicFilter(forms.Form):
    topic = forms.ChoiceField(
        required=False, label=_("Topic"), choices=[("", _("all")), *DatedFact.Topic.choices]
    )


class FactFilter(TopicFilter):
    """Of the list that programs read."""

    country = forms.SlugField(required=False, max_length=3, label=_("Country"))
    figure = forms.SlugField(required=False, max_length=80, label=_("All values of one figure"))
    newest = forms.ChoiceField(
        required=False,
        label=_("Which values"),
        choices=[("", _("all")), ("yes", _("the newest of each figure"))],
    )


def source_field(**more: Any) -> forms.ModelChoiceField:
    """By its slug: no number of a row stands on a page."""
    return forms.ModelChoiceField(
        Source.objects.order_by("title", "pk"),
        to_field_name="slug",
        **{
            "label": _("Source"),
            "empty_label": _("choose"),
            "error_messages": {"required": _("Name the source that says so.")},
            **more,
        },
    )


def _line(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs={"dir": "auto"}), **more
    )


def text_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        **more,
    )


class FactsFilter(TopicFilter):
    """Of the editors' list."""

    field_order = ("q", "topic", "source", "ordering")

    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    source = source_field(required=False, empty_label=_("any"))
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("topic")),
            ("label", _("label")),
            ("-as_of", _("newest first")),
            ("as_of", _("oldest first")),
        ],
    )


class SourceFilter(forms.Form):
    """Of the list that programs read."""

    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[ANY, *Source.Kind.choices])


class SourcesFilter(SourceFilter):
    """Of the editors' list."""

    lacks = forms.ChoiceField(
        required=False,
        label=_("What is missing"),
        choices=[ANY, ("address", _("the address")), ("reading", _("the day it was read"))],
    )
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("title")),
            ("publisher", _("publisher")),
            ("-accessed_on", _("last read first")),
        ],
    )


class WordingForm(forms.Form):
    """How a value is told."""

    label = _line(_("Label"), 200)
    unit = _line(_("Unit"), 80, required=False)
    definition = text_field(_("What is counted"), help_text=_("Empty means: not known."))
    attributed_to = _line(
        _("Attributed to"), 200, required=False, help_text=_("Whom the source names for it.")
    )
    note = text_field(_("Note"))


class ValueForm(forms.Form):
    """A value with its day and its source."""

    value_number = forms.DecimalField(
        # SQLite keeps fifteen digits of a number exactly.
        label=_("Number"),
        required=False,
        max_digits=15,
        decimal_places=4,
    )
    value_text = _line(_("Text"), 200, required=False, help_text=_("Where the value is no number."))
    qualifier = _line(
        _("Qualifier"), 20, required=False, help_text=_("Such as: about, over, at least.")
    )
    unit = _line(_("Unit"), 80, required=False)
    as_of = day_field(_("As of"), help_text=_("The day for which it holds."))
    as_of_precision = forms.ChoiceField(
        label=_("The day is known"), choices=Precision.choices, initial=Precision.DAY
    )
    source = source_field()
    attributed_to = WordingForm.base_fields["attributed_to"]
    definition = WordingForm.base_fields["definition"]
    is_ours = forms.BooleanField(
        label=_("Derived by us: counted or computed by the editors"), required=False
    )
    note = WordingForm.base_fields["note"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has_value = found.get("value_number") is not None or found.get("value_text")
        if not has_value and "value_number" not in self.errors:
            self.add_error("value_number", _("Give a number or a text."))
        if found.get("as_of"):
            found["as_of"] = as_known(found["as_of"], found.get("as_of_precision", ""))
        return found


class FactForm(ValueForm):
    """A figure that is not kept yet."""

    field_order = ("label", "topic", "country")

    label = WordingForm.base_fields["label"]
    topic = forms.ChoiceField(label=_("Topic"), choices=DatedFact.Topic.choices)
    country: Any = DatedFact._meta.get_field("country").formfield(  # type: ignore[union-attr]
        label=_("Country"), empty_label=_("none"), required=False
    )


class SourceForm(forms.Form):
    """What is known of a source. Its slug follows from its title once, and stays."""

    title = _line(_("Title"), 300)
    publisher = _line(_("Publisher"), 200, required=False)
    authors = _line(_("Authors"), 200, required=False)
    address = web_field(
        _("Address"), max_length=500, help_text=_("Empty means: address not known.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Source.Kind.choices, initial=Source.Kind.PAGE)
    published_on = day_field(_("Published on"), required=False)
    published_precision = forms.ChoiceField(
        label=_("The day is known"), choices=Precision.choices, initial=Precision.DAY
    )
    accessed_on = day_field(_("Read on"), required=False)
    note = text_field(_("Note"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("published_on"):
            known = found.get("published_precision", "")
            found["published_on"] = as_known(found["published_on"], known)
        return found
