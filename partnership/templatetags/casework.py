"""How the form of a case study is laid out: its parts, and its rows with what they say in short."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from partnership.casestudies.judging import NAMES, ONE
from partnership.casestudies.models import CaseSection
from partnership.casestudies.sheets import ROW_FORMS, Sheet
from partnership.casestudies.words import KINDS

register = template.Library()

ABOUT = ("title", "language", "summary", "standfirst")
FACTS = ("mechanism", "place", "started", "technology", "sector", "agreement")
POLICY = ("policy_document", "policy_year", "policy_meaning", "goals")
SHORT = ("countries", "institutions")
# What a closed row is known by.
TOLD_BY = {"sources": ("title",), "charts": ("title",), "figures": ("label",)}


@register.filter
def parts(sheet: Sheet) -> list[dict[str, Any]]:
    """The fields of one kind each, in the order in which a case is told."""
    found: list[dict[str, Any]] = [
        {"key": "about", "title": _("What it is about"), "fields": _named(sheet, ABOUT)},
        {"key": "facts", "title": _("In short"), "fields": _named(sheet, FACTS)},
    ]
    for kind in KINDS:
        fields = (f"{kind}_heading", f"{kind}_text", *(POLICY if kind == "policy" else ()))
        part: dict[str, Any] = {
            "key": kind,
            "title": CaseSection.Kind(kind).label,
            "fields": _named(sheet, fields),
        }
        found.append({**part, "is_first_text": kind == KINDS[0]})
    doubts = {
        "key": "doubts",
        "title": _("What is not known"),
        "fields": _named(sheet, ("doubts",)),
    }
    return [*found, doubts]


def _named(sheet: Sheet, names: tuple[str, ...]) -> list[Any]:
    return [sheet.about[name] for name in names]


@register.filter
def row_parts(sheet: Sheet) -> list[dict[str, Any]]:
    """Each kind of row with a word on what belongs into it."""
    hints = {
        "countries": _("Where it was done, and who took part."),
        "institutions": _("Those of the list that took part, if any did."),
        "sources": _("Every document a number comes from. Numbers name their source below."),
        "charts": _("Only if a picture tells more than the numbers. It is drawn from them."),
        "figures": _("Each with its unit, whose figure it is, the day and the source."),
    }
    return [
        {
            "kind": kind,
            "title": NAMES[kind],
            "hint": hints[kind],
            "fault": sheet.faults.get(kind, ""),
            "is_short": kind in SHORT,
            "rows": [_row(sheet, kind, n) for n in range(len(sheet.rows[kind]))],
        }
        for kind in ROW_FORMS
    ]


def _row(sheet: Sheet, kind: str, n: int) -> dict[str, Any]:
    form = sheet.rows[kind][n]
    typed = sheet.words.get(kind, [])
    row = typed[n] if n < len(typed) else {}
    told = [row.get(name, "") for name in TOLD_BY.get(kind, ())]
    if kind == "sources":
        told = [sheet.lists.words.get(row.get("listed", ""), {}).get("title", "") or told[0]]
    if kind == "figures" and row:
        told += [row.get("value_number") or row.get("value_text", ""), row.get("unit", "")]
    return {
        "form": form,
        "name": f"{ONE[kind]} {n + 1}",
        "told": " ".join(filter(None, told)) or _("still empty"),
        "is_open": form.is_bound and bool(form.errors),
    }
