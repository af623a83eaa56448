"""Public figures: all of them, one over time, and what is taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnership.information.models import Snapshot
from partnership.lib import clock, datasets, licence, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import sheet
from partnership.members.models import MembershipCount
from partnership.site.figures import drawing, queries, taking
from partnership.site.figures.forms import TimeFilter
from partnership.site.figures.series import SERIES, Series
from partnership.sources.models import DatedFact
from partnership.sources.queries import values_of, with_links


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Each series with its newest count; then the dated facts of sources."""
    newest, by_month = queries.newest(), queries.by_month()
    facts = DatedFact.objects.newest().filter(country=None)
    membership = list(MembershipCount.objects.select_related("source"))
    with_links(count.source for count in membership)
    context = {
        "counted": [
            (series, newest.get(series.key), _spark(by_month.get(series.key, [])))
            for series in SERIES.values()
        ],
        "facts": facts.order_by("topic", "position", "key"),
        "membership": membership,
        "licence": licence,
        "dataset": datasets.block(_dataset_of_facts(clock.of(request).date())),
    }
    return render(request, "site/figures/list.html", context)


def _dataset_of_facts(day: date) -> datasets.Dataset:
    return datasets.Dataset(
        name=_("Dated facts"),
        description=_(
            "Figures and statements on cooperation under Article 6 of the Paris Agreement, each"
            " with what it counts, the day for which it holds and the source that states it."
        ),
        page=reverse("figures:list"),
        files=datasets.files_of(reverse("api:facts-list")),
        modified=day,
    )


def _spark(rows: list[Snapshot]) -> str:
    known = [row.total for row in rows if row.total is not None]
    return drawing.spark(known) if len(known) > 1 else ""


@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One series over the time that the address names: picture, table, parts, what it means."""
    series = _series(key)
    form = TimeFilter(request.GET)
    rows, is_by_month = queries.thinned(queries.of_series(key, cleaned_or_refuse(form)))
    points = [drawing.Point(row.day, row.total) for row in rows]
    context = {
        "series": series,
        "form": form,
        "chips": chips(form, request.GET),
        "rows": rows,
        "first": rows[0] if rows else None,
        "newest": rows[-1] if rows else None,
        "by_month": is_by_month,
        "drawn": drawing.steps(points, by_month=is_by_month),
        "lines": _lines(rows, drawing.gaps(points, by_month=is_by_month)),
        "parts": _parts(series, rows),
        "licence": licence,
        "dataset": datasets.block(_dataset(series, rows)),
    }
    return render(request, "site/figures/one.html", context)


def _series(key: str) -> Series:
    if key not in SERIES:
        raise Http404
    return SERIES[key]


def _lines(rows: list[Snapshot], gaps: list[drawing.Gap]) -> list[dict[str, Any]]:
    """The table beside the picture, newest first: each change, each gap, and both ends."""
    ends = {gap.after: gap for gap in gaps}
    found: list[dict[str, Any]] = []
    before: Snapshot | None = None
    for row in rows:
        gap = ends.get(row.day)
        is_end = before is None or row is rows[-1]
        if is_end or gap or (before and before.total != row.total) or before.day in ends:
            found.append({"row": row, "gap": gap})
        before = row
    return found[::-1]


def _parts(series: Series, rows: list[Snapshot]) -> list[dict[str, Any]]:
    """Of each part the newest number with its share of the longest bar, and the first."""
    if not rows or not series.part:
        return []
    first, newest = rows[0].parts, rows[-1].parts
    names = series.named({*first, *newest})
    most = max(newest.values(), default=0) or 1
    found = [
        {
            "name": names[key],
            "first": first.get(key, 0),
            "newest": newest.get(key, 0),
            "width": round(100 * newest.get(key, 0) / most, 1),
        }
        for key in names
    ]
    return sorted(found, key=lambda part: (-part["newest"], part["name"]))


def _dataset(series: Series, rows: list[Snapshot]) -> datasets.Dataset:
    return datasets.Dataset(
        name=str(series.title),
        description=f"{series.told} {series.source}",
        page=reverse("figures:one", args=[series.key]),
        files=datasets.files_of(reverse("figures:data", args=[series.key])),
        modified=(rows[-1].revised_at or rows[-1].taken_at) if rows else None,
        covers=(rows[0].day, rows[-1].day) if rows else None,
        measures=(str(series.unit),),
    )


@require_safe
def data(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every count of a series in a time, with what it means, as CSV, XLSX or JSON."""
    series = _series(key)
    rows = list(queries.of_series(key, cleaned_or_refuse(TimeFilter(request.GET))))
    if request.GET.get("format") == "json":
        names = taking.names_of(series, rows)
        days = [taking.day_told(row, names) for row in rows]
        return JsonResponse({**taking.told(series), "days": days})
    lines = taking.lines(series, rows)
    sheets.refuse_too_many(len(lines))
    return sheet(request, series.key, taking.COLUMNS, lines)


@require_safe
def fact(request: HttpRequest, key: str) -> HttpResponse:
    """A dated fact with every value that was kept of it, each with its day and source."""
    values = values_of(key)
    if not values or values[0].of_figure != key:
        raise Http404
    with_links(row.source for row in values)
    points = [drawing.Point(row.as_of, row.value_number) for row in reversed(values)]
    is_one_unit = len({row.unit for row in values}) == 1
    context = {
        "fact": values[0],
        "values": values,
        "drawn": drawing.joined(points) if is_one_unit else drawing.Drawn(),
        "files": f"{reverse('api:facts-list')}?figure={key}",
    }
    return render(request, "site/figures/fact.html", context)
