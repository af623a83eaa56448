"""From a form to the document that it means: all of it where it is ready, else what is clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from partnership.casestudies.models import CaseSection
from partnership.casestudies.telling import Told
from partnership.casestudies.words import FIELDS, KINDS
from partnership.lib.dating import as_known

if TYPE_CHECKING:
    from partnership.casestudies.sheets import Sheet

OWN = (
    *("title", "language", "summary", "standfirst", "mechanism", "place", "started"),
    *("technology", "policy_document", "policy_meaning", "agreement"),
)
NEEDED = ("section", "label", "as_of", "scope")


def told(sheet: Sheet) -> Told:
    """The document of a checked sheet."""
    _faults_are_found = sheet.is_ready
    about = {**dict.fromkeys(FIELDS, ""), **sheet.about.cleaned_data}
    sector = about["sector"]
    return {
        **{name: about[name] or sheet.words.get(name, "").strip() for name in OWN},
        "policy_year": about["policy_year"] or None,
        "doubts": about["doubts"] or [],
        "goals": about["goals"] or [],
        "sector": {"slug": sector, "name": dict(sheet.lists.sectors)[sector]} if sector else None,
        "countries": [
            {"iso3": row["country"], "part": row["part"]}
            for row in _found(sheet, "countries", "country", "part")
        ],
        "institutions": [
            row["institution"] for row in _found(sheet, "institutions", "institution")
        ],
        "sections": list(_sections(sheet)),
        "charts": list(_charts(sheet)),
        "sources": [_source(sheet, form.cleaned_data) for _n, form in sheet.written("sources")],
        "figures": list(_figures(sheet)),
    }


def _found(sheet: Sheet, kind: str, *needed: str) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for _n, form in sheet.written(kind)]
    return [row for row in rows if all(row.get(name) for name in needed)]


def _sections(sheet: Sheet) -> Iterator[dict[str, str]]:
    for kind in KINDS:
        heading = sheet.words.get(f"{kind}_heading", "").strip()
        text = sheet.words.get(f"{kind}_text", "").strip()
        if text:
            label = str(CaseSection.Kind(kind).label)
            yield {"kind": kind, "heading": (heading or label)[:150], "text": text}


def _charts(sheet: Sheet) -> Iterator[dict[str, Any]]:
    names = ("section", "kind", "title", "caption", "unit")
    for n, form in sheet.written("charts"):
        row = {name: form.cleaned_data.get(name) or "" for name in names}
        if row["section"] and row["kind"]:
            yield {**row, "key": _chart_key(sheet, n)}


def _chart_key(sheet: Sheet, number: int) -> str:
    return sheet.words["charts"][number - 1].get("key") or f"picture-{number}"


def _source(sheet: Sheet, row: Mapping[str, Any]) -> dict[str, Any]:
    """One of the list in its own words of now, or a new one that has no key yet."""
    if known := sheet.lists.words.get(row.get("listed") or ""):
        return known
    day = row.get("published_on")
    return {
        **dict.fromkeys(("slug", "authors", "note"), ""),
        **{name: row.get(name) or "" for name in ("title", "publisher", "address")},
        "published_on": day.isoformat() if day else None,
        "published_precision": "day",
        "accessed_on": None,
        "kind": "other",
    }


def _figures(sheet: Sheet) -> Iterator[dict[str, Any]]:
    numbers = [n for n, _form in sheet.written("sources")]
    charts = {n for n, _form in sheet.written("charts")}
    seen: Counter[tuple[str, str]] = Counter()
    for position, (_n, form) in enumerate(sheet.written("figures"), start=1):
        row = form.cleaned_data
        source, chart = int(row.get("source") or 0), int(row.get("chart") or 0)
        has_value = row.get("value_number") is not None or row.get("value_text")
        if source not in numbers or not has_value or not all(map(row.get, NEEDED)):
            continue
        key = row.get("key") or f"figure-{position}"
        seen[row["section"], key] += 1
        yield {
            **_value(row),
            "section": row["section"],
            "chart": _chart_key(sheet, chart) if chart in charts else "",
            "source": numbers.index(source),
            # A copied row has the key of the one that it was copied from.
            "key": key if seen[row["section"], key] == 1 else f"{key}-{position}"[:80],
            "position": position,
        }


def _value(row: Mapping[str, Any]) -> dict[str, Any]:
    number, precision = row.get("value_number"), row.get("as_of_precision") or "day"
    return {
        **{name: row.get(name) or "" for name in ("label", "qualifier", "unit", "scope", "note")},
        "value_number": None if number is None else format(number.normalize(), "f"),
        "value_text": "" if number is not None else row["value_text"],
        "as_of": as_known(row["as_of"], precision).isoformat(),
        "as_of_precision": precision,
        "is_ours": bool(row.get("is_ours")),
        "is_headline": bool(row.get("is_headline")),
    }
