"""Good practice: the list and one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership.casestudies import queries
from partnership.casestudies.forms import CaseFilter
from partnership.casestudies.models import CaseSection
from partnership.casestudies.pictures import picture
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    form = CaseFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    cases = list(queries.cases(**wanted))
    for case in cases:
        case.headlines = [
            figure for section in case.sections.all() for figure in section.figures.all()
        ]
    context = {"form": form, "chips": chips(form, request.GET), "cases": cases}
    return render(request, "casestudies/list.html", context)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The story in five parts, each with its large figure, its picture and its sources."""
    found = get_object_or_404(queries.whole(slug))
    sources = queries.sources_of(found)
    number = {source.pk: index for index, source in enumerate(sources, start=1)}
    parts = [_part(section, number) for section in found.sections.all()]
    return render(
        request, "casestudies/case.html", {"case": found, "parts": parts, "sources": sources}
    )


def _part(section: CaseSection, number: dict[int, int]) -> dict[str, Any]:
    figures = list(section.figures.all())
    for figure in figures:
        figure.source_number = number[figure.source_id]
    return {
        "section": section,
        "headline": next((figure for figure in figures if figure.is_headline), None),
        "others": [f for f in figures if not f.is_headline and f.chart_id is None],
        # A chart may be entered before its figures are.
        "pictures": [
            _cited(picture(chart), number) for chart in section.charts.all() if chart.figures.all()
        ],
    }


def _cited(drawn: dict[str, Any], number: dict[int, int]) -> dict[str, Any]:
    numbers = {number[figure.source_id] for figure in drawn["figures"]}
    return {**drawn, "source_numbers": sorted(numbers)}
