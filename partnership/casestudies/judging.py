"""What the rows of a proposal have to be together: each country once, each figure in its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.casestudies.models import CaseChart
from partnership.members.models import Country

if TYPE_CHECKING:
    from partnership.casestudies.sheets import Sheet

NAMES = {
    "countries": gettext_lazy("Countries"),
    "institutions": gettext_lazy("Institutions"),
    "sources": gettext_lazy("Sources"),
    "charts": gettext_lazy("Pictures"),
    "figures": gettext_lazy("Numbers"),
}
ONE = {
    "countries": gettext_lazy("Country"),
    "institutions": gettext_lazy("Institution"),
    "sources": gettext_lazy("Source"),
    "charts": gettext_lazy("Picture"),
    "figures": gettext_lazy("Number"),
}
MONTHS = 12


def check(sheet: Sheet) -> None:
    """Write what is wrong beside its field, or under the kind of rows where there is none."""
    _check_places(sheet)
    _refuse_twice(sheet, "countries", "country")
    _refuse_twice(sheet, "institutions", "institution")
    if not sheet.written("figures"):
        sheet.faults["figures"] = _("A case needs at least one number with its source.")
    # Counted first: a field in which something is wrong says nothing any more.
    drawn = Counter(form.cleaned_data.get("chart") for _n, form in sheet.written("figures"))
    _check_figures(sheet)
    _check_charts(sheet, drawn)


def _check_places(sheet: Sheet) -> None:
    if not sheet.written("countries"):
        sheet.faults["countries"] = _("Name at least one country.")
    if sheet.of is None:
        return
    if isinstance(sheet.of, Country):
        kind, name, key = "countries", "country", sheet.of.iso3
    else:
        kind, name, key = "institutions", "institution", sheet.of.slug
    if key not in {form.cleaned_data.get(name) for _n, form in sheet.written(kind)}:
        sheet.faults[kind] = _("You write for %s: name it here.") % sheet.of


def _refuse_twice(sheet: Sheet, kind: str, name: str) -> None:
    seen = set()
    for _n, form in sheet.written(kind):
        value = form.cleaned_data.get(name)
        if value and value in seen:
            form.add_error(name, _("It stands here already."))
        seen.add(value)


def _check_figures(sheet: Sheet) -> None:
    sources = {str(n) for n, _form in sheet.written("sources")}
    charts = {str(n): form for n, form in sheet.written("charts")}
    large = set()
    for _n, form in sheet.written("figures"):
        found = form.cleaned_data
        section = found.get("section")
        if found.get("source") and found["source"] not in sources:
            form.add_error("source", _("This source is still empty."))
        if found.get("is_headline"):
            if section in large:
                form.add_error("is_headline", _("Another number of this part is shown large."))
            large.add(section)
        if section and not sheet.words.get(f"{section}_text", "").strip():
            form.add_error("section", _("This part of the story has no text yet."))
        if found.get("chart"):
            _check_drawn(form, charts.get(found["chart"]))


def _check_drawn(form: forms.Form, chart: Any) -> None:
    kind = chart.cleaned_data.get("kind") if chart else ""
    number = form.cleaned_data.get("value_number")
    if chart is None:
        form.add_error("chart", _("This picture is still empty."))
    elif chart.cleaned_data.get("section") != form.cleaned_data.get("section"):
        form.add_error("chart", _("The picture stands in another part."))
    elif kind == CaseChart.Kind.MONTHS and not form.cleaned_data.get("value_text"):
        form.add_error("chart", _("A ring of months shows a word for each month."))
    elif kind != CaseChart.Kind.MONTHS and number is None:
        form.add_error("chart", _("Only a number can be drawn in this picture."))
    elif kind == CaseChart.Kind.BARS and number is not None and number < 0:
        form.add_error("chart", _("A bar begins at nought: this number lies below."))


def _check_charts(sheet: Sheet, drawn: Counter[Any]) -> None:
    for n, form in sheet.written("charts"):
        number = drawn[str(n)]
        if form.cleaned_data.get("kind") == CaseChart.Kind.MONTHS and number != MONTHS:
            form.add_error("kind", _("A ring of months needs twelve numbers, one for each."))
        elif not number:
            form.add_error("title", _("No number says yet that it stands in this picture."))
