"""Cooperative approaches and authorizations as everybody reads them: two lists, and each row."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.agreements.cooperation import queries
from partnership.agreements.cooperation.kinds import APPROACHES, AUTHORIZATIONS, Kind
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.sources.queries import with_links


@require_safe
def approaches(request: HttpRequest) -> HttpResponse:
    return _list(request, APPROACHES)


@require_safe
def authorizations(request: HttpRequest) -> HttpResponse:
    return _list(request, AUTHORIZATIONS)


def _list(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The list with its filters; the address carries all of them."""
    form = kind.filter(request.GET)
    wanted = cleaned_or_refuse(form)
    day = form.day(clock.of(request).date())
    page = page_of(queries.listed(kind.model, wanted, day=day), request)
    for row in page.object_list:
        queries.dress(row)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "day": day,
        "kind": kind,
    }
    return render(request, f"agreements/cooperation/{kind.key}.html", context)


@require_safe
def approach(request: HttpRequest, slug: str) -> HttpResponse:
    """An approach with its lines, its authorizations, and what is told of its activities."""
    row, context = _one(request, APPROACHES, slug)
    if row is None:
        return redirect("agreements:approach", slug.lower(), permanent=True)
    given = queries.of_approach(row, day=context["day"])
    # Published cases say under which agreement they stand, not under which approach.
    cases = row.agreement.cases.published() if row.agreement else ()
    context |= {"authorizations": given, "cases": list(cases)}
    return render(request, "agreements/cooperation/one.html", context)


@require_safe
def authorization(request: HttpRequest, slug: str) -> HttpResponse:
    """An authorization with its versions."""
    row, context = _one(request, AUTHORIZATIONS, slug)
    if row is None:
        return redirect("agreements:authorization", slug.lower(), permanent=True)
    return render(request, "agreements/cooperation/one.html", context)


def _one(request: HttpRequest, kind: Kind, slug: str) -> tuple[Any, dict[str, Any]]:
    day = clock.of(request).date()
    if slug != slug.lower():
        return None, {}
    rows = queries.with_lines(kind.model.objects.on(day), day=day)
    row = queries.dress(get_object_or_404(rows, slug=slug))
    prefetch_related_objects(row.lines, "checked_by")
    with_links(row.sources)
    number = {source.pk: index for index, source in enumerate(row.sources, start=1)}
    for line in row.lines:
        line.source_number = number[line.source_id]
        line.told = queries.told(line)
    return row, {"row": row, "kind": kind, "day": day, "glance": queries.glance(row)}
