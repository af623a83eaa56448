"""The case studies of the editorial import. What a person published since is left alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from partnership.casestudies import queries
from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
    CaseVersion,
)
from partnership.casestudies.telling import Told, told_of
from partnership.lib import clock
from partnership.members.models import Country
from partnership.sources.content import IMPORTED_ON
from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import Sector, Source

# Stands on pages in the language of the text, like all that is written there.
IMPORTED = "Corrected with the editorial import."
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
    # Parts that a person took out or put in have no fingerprint: such a case is left as a whole.
    written = CaseVersion.objects.filter(draft__isnull=False, case__slug__in=files)
    for slug in written.values_list("case__slug", flat=True).distinct():
        del files[slug]
        done.counts["case studies left as published on the desk"] += 1
    before = _documents(files)
    values = (_case(row, sectors) for row in files.values())
    for (slug,), case in load(CaseStudy, values, key=("slug",), done=done).items():
        _load_parts(case, files[slug], countries, sources, done)
    _keep_versions(before, _documents(before), done)


def _documents(slugs: Iterable[str]) -> dict[str, tuple[CaseStudy, Told]]:
    """The published cases as they are told now."""
    rows = queries.with_all(CaseStudy.objects.published().filter(slug__in=list(slugs)))
    return {row.slug: (row, told_of(row)) for row in rows}


def _keep_versions(
    before: dict[str, tuple[CaseStudy, Told]],
    after: dict[str, tuple[CaseStudy, Told]],
    done: Loaded,
) -> None:
    """A published case that a newer file changed gets its next version: what was cited stays."""
    for slug, (case, told) in after.items():
        old = before[slug][1]
        if told == old:
            continue
        last = max((one.number for one in case.versions.all()), default=0)
        if not last:
            case.versions.create(number=1, on=case.published_on or IMPORTED_ON, told=old)
            last = 1
        case.versions.create(
            number=last + 1, on=clock.now().date(), what_changed=IMPORTED, told=told
        )
        done.counts["versions of case studies added"] += 1


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
