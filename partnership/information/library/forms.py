"""What is asked of the library, and what its keepers write into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.information.library import queries
from partnership.information.library.fields import KnownDayField, languages
from partnership.information.models import Document
from partnership.lib.dating import typed
from partnership.lib.forms import web_field
from partnership.lib.outbound import NotFetched, places
from partnership.members.country_fields import CountriesField
from partnership.members.models import AreaOfWork
from partnership.sources.forms import text_field
from partnership.sources.models import Sector

ANY = ("", _("any"))


class LibraryFilter(forms.Form):
    """Choices are what published documents have. The numbers come from `count` when it is shown."""

    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    area = forms.ChoiceField(required=False, label=_("Area of work"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    language = forms.ChoiceField(required=False, label=_("Language"))
    year = forms.ChoiceField(required=False, label=_("Year"))
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            ("", _("newest first")),
            ("on", _("oldest first")),
            ("title", _("title")),
            ("publisher", _("publisher")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._numbers = queries.counts({})
        fields: dict[str, Any] = self.fields
        for name, found in queries.names(self._numbers).items():
            more = [(queries.NOT_KNOWN, _("not known"))] if name in queries.EMPTY else []
            fields[name].choices = [ANY, *found.items(), *more]

    def count(self, wanted: dict[str, Any]) -> None:
        """Write behind each choice how many documents it would show; one of none is left out."""
        is_narrowed = any(wanted[name] for name in (*queries.FACETS, "q"))
        fields: dict[str, Any] = self.fields
        for name, numbers in (queries.counts(wanted) if is_narrowed else self._numbers).items():
            fields[name].choices = [ANY] + [
                (key, f"{told} ({numbers.get(key, 0)})")
                for key, told in fields[name].choices
                if key and (numbers.get(key) or key == wanted[name])
            ]


class DeskFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100, label=_("Words"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[ANY, *Document.Kind.choices])
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ANY,
            ("draft", _("with a draft")),
            ("ready", _("ready to be published")),
            ("proposed", _("proposed by trainers")),
            ("missing", _("file not fetched")),
            ("withdrawn", _("withdrawn")),
            ("text", _("text not drawn out")),
        ],
    )


def _line(label: Any, longest: int, **more: Any) -> forms.CharField:
    shape = {"dir": "auto", "autocomplete": "off"}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs=shape), **more
    )


def _fetch(label: Any) -> forms.BooleanField:
    told = _("Only from public hosts, at most 200 MB and half a minute. A worker does it.")
    return forms.BooleanField(label=label, required=False, help_text=told)


class DocumentForm(forms.Form):
    """What is known of a document; what is not known stays empty and says so."""

    title = _line(_("Title"), 300)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("choose")), *Document.Kind.choices])
    publisher = _line(_("Publisher"), 200, required=False)
    authors = _line(_("Authors"), 300, required=False)
    summary = text_field(_("What it is about"))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Left empty, it is told from the text of the file."),
    )
    licence = _line(
        _("Licence"), 200, required=False, help_text=_("As the document says, such as: CC BY 4.0.")
    )
    countries = CountriesField()
    areas = forms.ModelMultipleChoiceField(
        AreaOfWork.objects.all(),
        to_field_name="slug",
        label=_("Areas of work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        to_field_name="slug",
        label=_("Sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = text_field(_("Note"), help_text=_("What readers should know of how we know this."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["language"]
        known = self.initial.get("language", "")
        choices = languages()
        offered.choices = choices + [(known, known)] * (known not in dict(choices))

    @staticmethod
    def known(row: Document) -> dict[str, Any]:
        """What a document says, as the form takes it."""
        own = ("title", "kind", "publisher", "authors", "summary", "language", "licence", "note")
        return {
            **{name: getattr(row, name) for name in own},
            "countries": "; ".join(country.iso3 for country in row.countries.all()),
            "areas": [area.slug for area in row.areas.all()],
            "sectors": [sector.slug for sector in row.sectors.all()],
        }


class WordsForm(forms.Form):
    """What is said of a version."""

    label = _line(
        _("Called"), 40, required=False, help_text=_("As the document says, such as: 2.0.")
    )
    day = KnownDayField(
        label=_("Published on"),
        required=False,
        help_text=_("As far as it is known: 2024-05-27, 2024-05 or 2024."),
    )
    address = web_field(
        _("Address"), max_length=500, help_text=_("Where it lies elsewhere, if it does.")
    )
    pages = forms.IntegerField(
        label=_("Pages"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Those of a file that lies here are counted by us."),
    )
    what_changed = text_field(_("What changed"))

    def words(self) -> dict[str, Any]:
        """As the services take it."""
        found = dict(self.cleaned_data)
        found.pop("file", None)
        found["on"], found["precision"] = found.pop("day")
        return found

    @staticmethod
    def known(version: Any) -> dict[str, Any]:
        own = ("label", "address", "pages", "what_changed")
        day = typed(version.on, version.precision)
        return {**{name: getattr(version, name) for name in own}, "day": day}


class VersionForm(WordsForm):
    """A further version: what changed is asked for."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, PPTX, XLSX, HTML or CSV, at most 200 MB. It is kept as it is."),
    )
    fetch = _fetch(_("Fetch the file from this address and keep it here"))
    what_changed = text_field(_("What changed"))
    field_order = ("file", "address", "fetch", "label", "day", "pages", "what_changed")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("fetch") and not found.get("file") and found.get("address"):
            try:
                places.read(found["address"])
            except NotFetched as refusal:
                self.add_error("address", str(refusal))
        if not found.get("file") and not found.get("address") and "address" not in self.errors:
            self.add_error("file", _("Give a file, an address, or both."))
        return found


class FirstVersionForm(VersionForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["what_changed"]


class NextVersionForm(VersionForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what_changed"].required = True


class WithdrawForm(forms.Form):
    because = _line(
        _("Why"), 300, help_text=_("Kept in the log and shown to who keeps the library.")
    )


class PublishForm(forms.Form):
    """Whether those that are ticked become public, or all that fit; and when they were seen."""

    all = forms.ChoiceField(choices=[("no", ""), ("yes", "")])
    seen = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List"), help_text=_("CSV or XLSX, at most 500 documents. Each becomes a draft.")
    )
    fetch = _fetch(_("Fetch the files from their addresses and keep them here"))
