"""What the people of a focal point's country or institution completed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.learning import delegations
from courses.learning.desk_forms import CompletionFilter
from courses.learning.views.desk.doors import note_export
from partnership.lib import clock, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import sheet
from partnership.lib.paging import page_of

SIZE = 50
COLUMNS = [
    *("name", "course", "edition", "state", "completed_on", "in_post_today"),
    *("certificate", "certificate_state"),
]


@require_safe
def completion(request: HttpRequest) -> HttpResponse:
    """Own people with their courses. Neither answers nor scores."""
    form, places, everything, rows = _rows(request)
    page = page_of(rows, request, size=SIZE)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "places": places,
        "summary": delegations.summary(everything),
        "page": page,
        "lines": delegations.lines(page.object_list),
    }
    return render(request, "courses/desk/completion.html", context)


@require_safe
def completion_sheet(request: HttpRequest) -> HttpResponseBase:
    _form, _places, _everything, rows = _rows(request)
    count = rows.count()
    sheets.refuse_too_many(count)
    note_export(request, "completion", count)
    return sheet(request, "completion", COLUMNS, map(_row, delegations.lines(rows)))


def _rows(request: HttpRequest) -> tuple[CompletionFilter, list[delegations.Place], Any, Any]:
    """The filters, the places, all that counts for them, and what was asked for."""
    on = clock.of(request).date()
    places = delegations.places_of(request.user, on=on)
    form = CompletionFilter(request.GET, places=places)
    wanted = cleaned_or_refuse(form)
    if key := wanted.get("of"):
        places = [place for place in places if place.key == key]
    everything = delegations.enrolments(places, on=on)
    return form, places, everything, delegations.narrowed(everything, wanted)


def _row(line: delegations.Line) -> list[Any]:
    one, certificate = line.enrolment, line.certificate
    return [
        one.learner.name,
        one.edition.course.code,
        one.edition.number,
        line.state.value,
        one.completed_at.date() if one.completed_at else None,
        line.is_in_post,
        certificate.shown_code if certificate else "",
        certificate.state if certificate else "",
    ]
