"""The case studies of the editorial import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
)
from partnership.members.models import Country
from partnership.sources.content import IMPORTED_ON
from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import Sector, Source

FOLDER = Path(__file__).parent / "content"
OWN = (
    "slug",
    "title",
    "language",
    "summary",
    "standfirst",
    "mechanism",
    "place",
    "started",
    "technology",
    "doubts",
)


def load_cases(
    sources: dict[str, Source],
    sectors: dict[str, Sector],
    countries: dict[str, Country],
    done: Loaded,
) -> None:
    files = {row["slug"]: row for row in map(read, sorted(FOLDER.glob("*.json")))}
    values = (_case(row, sectors) for row in files.values())
    for (slug,), case in load(CaseStudy, values, key=("slug",), done=done).items():
        _load_parts(case, files[slug], countries, sources, done)


def _case(row: dict[str, Any], sectors: dict[str, Sector]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in OWN},
        "sector": sectors[row["sector"]],
        "policy_document": row["policy"]["document"],
        "policy_year": row["policy"]["year"],
        "policy_meaning": row["policy"]["meaning"],
        "goals": row["sdg"]["goals"] if row["sdg"] else [],
        "published_on": IMPORTED_ON,
        "checked_on": IMPORTED_ON,
    }


def _load_parts(
    case: CaseStudy,
    row: dict[str, Any],
    countries: dict[str, Country],
    sources: dict[str, Source],
    done: Loaded,
) -> None:
    parts = (
        {"case": case, "country": countries[part["iso3"]], "part": part["role"]}
        for part in row["countries"]
        if part["iso3"] in countries
    )
    load(CaseCountry, parts, key=("case", "country"), done=done)
    told = [
        {**section, "case": case, "position": index}
        for index, section in enumerate(row["sections"], start=1)
    ]
    found = load(CaseSection, told, key=("case", "kind"), done=done)
    sections = {kind: section for (_, kind), section in found.items()}
    drawn = (
        {**chart, "section": sections[chart["section"]]}
        for chart in row["charts"]
        if chart["section"] in sections
    )
    charts = load(CaseChart, drawn, key=("section", "key"), done=done)
    by_key = {key: chart for (_, key), chart in charts.items()}
    figures = (
        {
            **figure,
            "section": sections[figure["section"]],
            "chart": by_key.get(figure["chart"]),
            "source": sources[figure["source"]],
        }
        for figure in row["figures"]
        if figure["section"] in sections
    )
    load(CaseFigure, figures, key=("section", "key"), done=done)
