"""Reads over case studies, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from partnership.casestudies.models import CaseCountry, CaseFigure, CaseSection, CaseStudy
from partnership.members.models import Country
from partnership.search.services import Entry
from partnership.sources.models import Source


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
    figures = CaseFigure.objects.select_related("source")
    sections = CaseSection.objects.prefetch_related(
        Prefetch("figures", queryset=figures), Prefetch("charts__figures", queryset=figures)
    )
    return (
        CaseStudy.objects.published()
        .filter(slug=slug)
        .select_related("sector", "checked_by")
        .prefetch_related(
            Prefetch("parts", queryset=CaseCountry.objects.select_related("country")),
            Prefetch("sections", queryset=sections),
        )
    )


def of_country(country: Country) -> QuerySet[CaseStudy]:
    return CaseStudy.objects.published().filter(parts__country=country).select_related("sector")


def countries_with_cases() -> QuerySet[Country]:
    """The countries that take part in published cases, for the filter."""
    published = CaseStudy.objects.published()
    return Country.objects.filter(case_parts__case__in=published).distinct().order_by("sort_key")


def sources_of(case: CaseStudy) -> list[Source]:
    """The sources of a case's figures, each once, in the order they are first cited."""
    return list(
        dict.fromkeys(
            figure.source for section in case.sections.all() for figure in section.figures.all()
        )
    )


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
