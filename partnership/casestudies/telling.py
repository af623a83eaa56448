"""A case study as a document: what a version keeps, what a preview shows, what a page is made of.

The document holds the words of its sources too, so that a version reads on as it was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
)
from partnership.casestudies.pictures import drawn
from partnership.lib import markdown
from partnership.lib.values import as_json
from partnership.sources.models import Sector, Source

Told = dict[str, Any]
OWN = (
    *("title", "language", "summary", "standfirst", "mechanism", "place", "started", "technology"),
    *("policy_document", "policy_year", "policy_meaning", "doubts", "goals"),
)
OF_SOURCE = (
    *("slug", "title", "publisher", "authors", "address", "published_on", "published_precision"),
    *("accessed_on", "kind", "note"),
)
OF_CHART = ("key", "kind", "title", "caption", "unit")
OF_FIGURE = (
    *("key", "position", "label", "qualifier", "value_number", "value_text", "unit", "scope"),
    *("as_of", "as_of_precision", "is_ours", "is_headline", "note"),
)


@dataclass(frozen=True)
class Around:
    """The rows that a document names by their keys: shown under the names of today."""

    countries: Mapping[str, Any]
    institutions: Mapping[str, Any]
    agreements: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """All that the page of a case study shows."""

    case: CaseStudy
    countries: list[CaseCountry]
    institutions: list[Any]
    agreement: Any
    parts: list[dict[str, Any]]
    sources: list[Source]


def told_of(case: CaseStudy) -> Told:
    """The document of a case as its rows hold it now; `queries.whole` has what it takes."""
    sections = list(case.sections.all())
    figures = [(one, figure) for one in sections for figure in one.figures.all()]
    charts = [(one, chart) for one in sections for chart in one.charts.all()]
    sources = sources_of(case)
    at = {source.pk: index for index, source in enumerate(sources)}
    named = {chart.pk: chart.key for _, chart in charts}
    return {
        **fields_of(case, OWN),
        "sector": {"slug": case.sector.slug, "name": case.sector.name},
        "agreement": case.agreement.slug if case.agreement else "",
        "countries": [{"iso3": one.country_id, "part": one.part} for one in case.parts.all()],
        "institutions": [one.slug for one in case.institutions.all()],
        "sections": [fields_of(one, ("kind", "heading", "text")) for one in sections],
        "charts": [{"section": one.kind, **fields_of(chart, OF_CHART)} for one, chart in charts],
        "sources": [fields_of(source, OF_SOURCE) for source in sources],
        "figures": [
            {
                "section": one.kind,
                "chart": named.get(figure.chart_id or 0, ""),
                "source": at[figure.source_id],
                **fields_of(figure, OF_FIGURE),
            }
            for one, figure in figures
        ],
    }


def sources_of(case: CaseStudy) -> list[Source]:
    """The sources of a case's figures, each once, in the order they are first cited."""
    return list(
        dict.fromkeys(
            figure.source for section in case.sections.all() for figure in section.figures.all()
        )
    )


def fields_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Columns of a row as a document holds them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    """As JSON holds it; a number without the noughts that its column adds."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if isinstance(value, list) else as_json(value)


def story_of(case: CaseStudy) -> Story:
    """The page of a case that `queries.whole` found: its rows, which nothing is written into."""
    sources = sources_of(case)
    number = {source.pk: index for index, source in enumerate(sources, start=1)}
    parts = []
    for section in case.sections.all():
        figures = list(section.figures.all())
        for figure in figures:
            figure.source_number = number[figure.source_id]  # type: ignore[attr-defined]
            # The very one of the list, which knows what became of its address.
            figure.source = sources[number[figure.source_id] - 1]
        charts = [
            (chart, [figure for figure in figures if figure.chart_id == chart.pk])
            for chart in section.charts.all()
        ]
        parts.append(_part(section, [f for f in figures if f.chart_id is None], charts))
    around = list(case.institutions.all()), case.agreement
    return Story(case, list(case.parts.all()), *around, parts, sources)


def story_from(told: Told, around: Around, *, of: CaseStudy | None = None) -> Story:
    """The same page of a document: a proposal, or an earlier version of a case."""
    case = CaseStudy(**{name: told[name] for name in OWN}, sector=Sector(name=_sector(told)))
    if of is not None:
        case.slug = of.slug
    sources = [
        Source(**{**one, **_days(one, "published_on", "accessed_on")}) for one in told["sources"]
    ]
    countries = [
        CaseCountry(country=around.countries[one["iso3"]], part=one["part"])
        for one in told["countries"]
        if one["iso3"] in around.countries
    ]
    institutions = [
        around.institutions[slug] for slug in told["institutions"] if slug in around.institutions
    ]
    parts = [_told_part(section, told, sources) for section in told["sections"]]
    agreement = around.agreements.get(told["agreement"])
    return Story(case, countries, institutions, agreement, parts, sources)


def _sector(told: Told) -> str:
    return told["sector"]["name"] if told["sector"] else ""


def _days(row: Mapping[str, Any], *names: str) -> dict[str, date | None]:
    return {name: date.fromisoformat(row[name]) if row[name] else None for name in names}


def _told_part(section: dict[str, Any], told: Told, sources: list[Source]) -> dict[str, Any]:
    html = markdown.render(section["text"])
    row = CaseSection(**section, html=html)
    figures = [
        (one["chart"], _figure(one, sources))
        for one in told["figures"]
        if one["section"] == row.kind
    ]
    charts = [
        (
            CaseChart(**{name: chart[name] for name in OF_CHART}),
            [figure for key, figure in figures if key == chart["key"]],
        )
        for chart in told["charts"]
        if chart["section"] == row.kind
    ]
    keys = {chart.key for chart, _ in charts}
    return _part(row, [figure for key, figure in figures if key not in keys], charts)


def _figure(one: dict[str, Any], sources: list[Source]) -> CaseFigure:
    number = one["value_number"]
    written = {
        **{name: one[name] for name in OF_FIGURE},
        "value_number": None if number is None else Decimal(number),
        "as_of": date.fromisoformat(one["as_of"]),
    }
    figure = CaseFigure(**written, source=sources[one["source"]])
    figure.source_number = one["source"] + 1  # type: ignore[attr-defined]
    return figure


def _part(
    section: CaseSection,
    figures: list[CaseFigure],
    charts: list[tuple[CaseChart, list[CaseFigure]]],
) -> dict[str, Any]:
    """A chart may be entered before its figures are; a large figure may stand in a picture too."""
    everything = [*figures, *(figure for _, drawn_from in charts for figure in drawn_from)]
    return {
        "section": section,
        "headline": next((figure for figure in everything if figure.is_headline), None),
        "others": [figure for figure in figures if not figure.is_headline],
        "pictures": [_cited(chart, drawn_from) for chart, drawn_from in charts if drawn_from],
    }


def _cited(chart: CaseChart, figures: list[CaseFigure]) -> dict[str, Any]:
    ordered = sorted(figures, key=lambda figure: figure.position)
    numbers = {figure.source_number for figure in figures}  # type: ignore[attr-defined]
    return {**drawn(chart, ordered), "source_numbers": sorted(numbers)}
