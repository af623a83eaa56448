"""The fields in which a case study is written, each with what belongs into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.lib.dating import Precision
from partnership.lib.forms import day_field, web_field

LANGUAGES = [
    *(("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")),
    *(("ru", "Русский"), ("zh", "中文"), ("pt", "Português")),
]


def line(label: Any, longest: int, help_text: Any = "", **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, widget=widget, **more
    )


def text(label: Any, help_text: Any = "", rows: int = 3, **more: Any) -> forms.CharField:
    attributes = {"rows": rows, "dir": "auto"}
    if rows > 3:
        # The script of the page offers its signs of Markdown over these.
        attributes["data-markdown"] = ""
    return forms.CharField(
        label=label,
        max_length=more.pop("longest", 30_000),
        help_text=help_text,
        widget=forms.Textarea(attrs=attributes),
        **more,
    )


class AboutForm(forms.Form):
    """All of a case but its rows."""

    title = line(
        _("Title"), 200, _("What was done, and where: “Low-loss transformers in the grids of …”.")
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    summary = text(
        _("In two sentences"),
        _("Stands in lists and in the search. What was the problem, and what came of it?"),
        longest=600,
    )
    standfirst = text(
        _("Opening"),
        _("The first paragraph of the page. Say here already what is not known."),
        longest=1500,
    )
    mechanism = line(_("Mechanism"), 100, _("Such as: Joint Crediting Mechanism (JCM)."))
    place = line(_("Place"), 150, _("Province, town or grid. Write “not known” if nobody can say."))
    started = line(_("Since"), 60, _("Such as: since 2014. Write “not known” if it is not."))
    technology = line(_("Technology"), 200, _("What was built, bought or done, in plain words."))
    sector = forms.ChoiceField(label=_("Sector"))
    agreement = forms.ChoiceField(
        label=_("Agreement"),
        required=False,
        help_text=_("The agreement of the register under which it was done, if there is one."),
    )
    challenge_heading = line(_("The challenge: heading"), 150)
    challenge_text = text(
        _("The challenge"), _("What stood in the way, for whom, and why it stayed so."), 10
    )
    action_heading = line(_("What was done: heading"), 150)
    action_text = text(
        _("What was done"), _("Step by step: who did what, who paid, which rule was changed."), 10
    )
    result_heading = line(_("The result: heading"), 150)
    result_text = text(
        _("The result"),
        _(
            "What came of it, and what nobody knows. Keep what the project did apart from what "
            "happened in the whole country."
        ),
        10,
    )
    copy_heading = line(_("What others can copy: heading"), 150)
    copy_text = text(
        _("What others can copy"),
        _("What another country can do tomorrow, and what it should do otherwise. As a list."),
        10,
    )
    policy_heading = line(_("The policy it serves: heading"), 150, required=False)
    policy_text = text(
        _("The policy it serves"), _("Leave it empty if there is none to name."), 6, required=False
    )
    policy_document = line(_("Policy document"), 200, _("Its whole name."), required=False)
    policy_year = forms.IntegerField(
        label=_("Year of the policy"), min_value=1900, max_value=2100, required=False
    )
    policy_meaning = text(
        _("What the policy asks for"), _("In a sentence of yours."), longest=1500, required=False
    )
    goals = line(_("Sustainable Development Goals"), 60, _("Their numbers: 7, 13."), required=False)
    doubts = text(
        _("What is not known"),
        _("One line each. A case that says what it does not know is believed in all other."),
        longest=4000,
        required=False,
    )

    def clean_goals(self) -> list[int]:
        """Numbers of goals between commas."""
        parts = [part.strip() for part in self.cleaned_data["goals"].split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 17 for part in parts):
            raise forms.ValidationError(_("Write numbers from 1 to 17 with commas: 7, 13."))
        return sorted({int(part) for part in parts})

    def clean_doubts(self) -> list[str]:
        lines = self.cleaned_data["doubts"].split("\n")
        return [one.strip(" -•\t") for one in lines if one.strip(" -•\t")]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has = {name for name in ("policy_heading", "policy_text") if found.get(name)}
        if len(has) == 1:
            lacks = "policy_text" if "policy_heading" in has else "policy_heading"
            self.add_error(lacks, _("This part of the story needs a heading and a text."))
        if found.get("policy_document") and not found.get("policy_year"):
            self.add_error("policy_year", _("Say of which year the policy document is."))
        return found


class CountryRow(forms.Form):
    country = forms.ChoiceField(label=_("Country"))
    part = forms.ChoiceField(label=_("Its part"))


class InstitutionRow(forms.Form):
    institution = forms.ChoiceField(label=_("Institution"))


class SourceRow(forms.Form):
    """A source that the site has, or one that the secretariat adds when it publishes."""

    listed = forms.ChoiceField(label=_("From the list of sources"), required=False)
    title = line(_("Or its title"), 300, _("If the list does not have it."), required=False)
    publisher = line(_("Publisher"), 200, required=False)
    address = web_field(
        _("Address"), max_length=500, help_text=_("Empty means: address not known.")
    )
    published_on = day_field(_("Published on"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not found.get("listed") and not found.get("title") and not self.errors:
            self.add_error("listed", _("Choose a source, or write the title of a new one."))
        return found


class ChartRow(forms.Form):
    section = forms.ChoiceField(label=_("In which part"))
    kind = forms.ChoiceField(label=_("Drawn as"))
    title = line(_("Title of the picture"), 150)
    caption = text(_("What it shows"), longest=600, required=False)
    unit = line(_("Unit"), 40, required=False)
    key = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)


class FigureRow(forms.Form):
    """A number with its unit, whose it is, its day and its source."""

    section = forms.ChoiceField(label=_("In which part"))
    label = line(_("What is counted"), 150, _("Such as: transformers installed."))
    value_number = forms.DecimalField(
        # SQLite keeps fifteen digits of a number exactly.
        label=_("Number"),
        required=False,
        max_digits=15,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    value_text = line(_("Or a text"), 150, _("Where the value is no number."), required=False)
    unit = line(_("Unit"), 60, _("Such as: MW, t CO₂, %."), required=False)
    qualifier = line(_("Qualifier"), 20, _("Such as: about, over, at least."), required=False)
    scope = forms.ChoiceField(label=_("Whose figure"))
    as_of = day_field(_("As of"), help_text=_("The day for which it holds."))
    as_of_precision = forms.ChoiceField(
        label=_("The day is known"), choices=Precision.choices, initial=Precision.DAY
    )
    source = forms.ChoiceField(label=_("Source"))
    is_ours = forms.BooleanField(label=_("Derived by us: no source prints it"), required=False)
    is_headline = forms.BooleanField(label=_("Shown large: one in each part"), required=False)
    chart = forms.ChoiceField(label=_("In a picture"), required=False)
    note = text(_("Note"), longest=2000, required=False)
    key = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has_number, has_text = found.get("value_number") is not None, bool(found.get("value_text"))
        if has_number and has_text:
            self.add_error("value_text", _("Give a number or a text, not both."))
        if not has_number and not has_text and "value_number" not in self.errors:
            self.add_error("value_number", _("Give a number or a text."))
        return found
