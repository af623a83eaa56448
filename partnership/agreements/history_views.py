"""What became of the register: versions, statements of Parties, and the report of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.agreements import comparing, queries, reports, stating, versions
from partnership.agreements.forms import StatementForm
from partnership.agreements.models import Agreement
from partnership.lib import clock
from partnership.lib.forms import saved
from partnership.members import delegations
from partnership.members.models import Country


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An agreement as the register told it from one day to another."""
    agreement = get_object_or_404(Agreement.objects.select_related("acquiring", "host"), slug=slug)
    known = versions.with_changes(agreement.versions.select_related("source", "made_by"))
    found = next((one for one in known if one.number == number), None)
    if found is None:
        raise Http404
    titles = versions.titles_of([found])
    lines = [
        (comparing.summary(line), titles.get(line["source"], line["source"]), line)
        for line in found.told["lines"]
    ]
    context = {
        "agreement": agreement,
        "version": found,
        "next": next((one for one in known if one.number == number + 1), None),
        "lines": lines,
    }
    return render(request, "agreements/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """A focal point of one of the two Parties confirms or contests."""
    at = clock.of(request)
    rows = queries.with_lines(Agreement.objects.on(at.date()), day=at.date())
    row = get_object_or_404(rows, slug=slug)
    if not (mine := own_parties(request, row)):
        raise Http404
    form = StatementForm(
        request.POST if request.method == "POST" else None, lines=row.lines, parties=mine
    )

    def write() -> None:
        words: dict[str, Any] = dict(form.cleaned_data)
        country, line = mine[words["country"]], form.line_named(words["about"])
        word = stating.Word(country, words["stance"], words["reason"], line)
        stating.state(row, word, by=request.user, at=at)

    if form.is_valid() and saved(request, form, write):
        return redirect(row)
    return render(request, "agreements/state.html", {"agreement": row, "form": form})


def own_parties(request: HttpRequest, row: Agreement) -> dict[str, Country]:
    """Of the two Parties those that this person speaks for, by code."""
    on = clock.of(request).date()
    run = {one.place.pk for one in delegations.run_by(request.user, on=on)}
    return {party.pk: party for party in (row.acquiring, row.host) if party.pk in run}


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month in which something of the register changed."""
    context = {"months": reports.months(clock.of(request).date())}
    return render(request, "agreements/months.html", context)


@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """What was new, changed, checked, confirmed and contested in one month."""
    first = _first_day(month)
    if first is None or first > clock.of(request).date():
        raise Http404
    return render(request, "agreements/month.html", {"report": reports.report(first)})


def _first_day(month: str) -> date | None:
    """`2026-03` and nothing else."""
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return found if f"{found:%Y-%m}" == month else None
