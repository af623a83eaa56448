"""Reads over case studies, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from partnership.casestudies.models import (
    CaseCountry,
    CaseDraft,
    CaseFigure,
    CaseSave,
    CaseSection,
    CaseStudy,
    CaseVersion,
)
from partnership.casestudies.telling import Around, Told
from partnership.members.models import Country, Institution
from partnership.search.services import Entry

# The list of versions without their texts.
VERSIONS = Prefetch("versions", queryset=CaseVersion.objects.defer("told"))


def cases(*, country: str = "", sector: str = "", mechanism: str = "") -> QuerySet[CaseStudy]:
    """Published cases with their countries and the large figures of the project itself."""
    own = CaseFigure.objects.filter(is_headline=True, scope=CaseFigure.Scope.PROJECT)
    rows = CaseStudy.objects.published().select_related("sector")
    if country:
        rows = rows.filter(parts__country=country)
    if sector:
        rows = rows.filter(sector__slug=sector)
    if mechanism:
        rows = rows.filter(mechanism=mechanism)
    return rows.prefetch_related(
        Prefetch("parts", queryset=CaseCountry.objects.select_related("country")),
        Prefetch("sections__figures", queryset=own),
    ).order_by("title")


def stories(limit: int) -> list[tuple[CaseStudy, list[CaseFigure]]]:
    """Cases to tell in short, each with the figures a short telling needs, in one query.

    Those are the large figures and what a picture is drawn from, of the project itself: a national
    indicator beside a case's name would look like what the case achieved.
    """
    rows = (
        CaseFigure.objects.filter(
            Q(is_headline=True) | Q(chart__isnull=False),
            section__case__in=CaseStudy.objects.published(),
            scope=CaseFigure.Scope.PROJECT,
        )
        .select_related("section__case", "chart", "source")
        .order_by("section__case__title", "section__position", "position", "pk")
    )
    told: dict[CaseStudy, list[CaseFigure]] = {}
    for figure in rows:
        told.setdefault(figure.section.case, []).append(figure)
    return list(told.items())[:limit]


def whole(slug: str) -> QuerySet[CaseStudy]:
    """One published case with everything its page tells."""
    return with_all(CaseStudy.objects.published().filter(slug=slug))


def with_all(cases: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
    """Cases with all their parts and the list of their versions."""
    figures = CaseFigure.objects.select_related("source")
    sections = CaseSection.objects.prefetch_related(Prefetch("figures", queryset=figures), "charts")
    return cases.select_related(
        "sector", "checked_by", "agreement__acquiring", "agreement__host"
    ).prefetch_related(
        Prefetch("parts", queryset=CaseCountry.objects.select_related("country")),
        "institutions",
        Prefetch("sections", queryset=sections),
        VERSIONS,
    )


def around(told: Told) -> Around:
    """The rows that a document names by their keys."""
    agreements: Any = CaseStudy._meta.get_field("agreement").related_model
    codes = [one["iso3"] for one in told["countries"]]
    return Around(
        Country.objects.in_bulk(codes),
        {row.slug: row for row in Institution.objects.filter(slug__in=told["institutions"])},
        {
            row.slug: row
            for row in agreements.objects.filter(slug=told["agreement"]).select_related(
                "acquiring", "host"
            )
        },
    )


def of_country(country: Country) -> QuerySet[CaseStudy]:
    return CaseStudy.objects.published().filter(parts__country=country).select_related("sector")


def of_institution(institution: Institution) -> QuerySet[CaseStudy]:
    return CaseStudy.objects.published().filter(institutions=institution)


def countries_with_cases() -> QuerySet[Country]:
    """The countries that take part in published cases, for the filter."""
    published = CaseStudy.objects.published()
    return Country.objects.filter(case_parts__case__in=published).distinct().order_by("sort_key")


def saves(draft: CaseDraft, limit: int = 50) -> list[CaseSave]:
    """The newest texts of a proposal, without their words."""
    return list(draft.saves.select_related("by").defer("words")[:limit])


def search_entries() -> Iterable[Entry]:
    for case in cases().prefetch_related("sections"):
        countries = " ".join(str(part.country) for part in case.parts.all())
        told = " ".join(f"{part.heading} {part.text}" for part in case.sections.all())
        yield Entry(
            key=case.slug,
            title=case.title,
            address=case.get_absolute_url(),
            summary=case.summary,
            body=f"{countries} {case.place} {case.technology} {told}",
            language=case.language,
        )
