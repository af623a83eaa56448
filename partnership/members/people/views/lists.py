"""The list of people, as a page and as a sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.accounts.models import PRIVILEGED, Role
from partnership.audit import services as audit
from partnership.lib import clock, lists, sheets
from partnership.lib.chips import chips
from partnership.lib.paging import page_of
from partnership.members.people import exports
from partnership.members.people.queries import HAS_FACTOR, marks_of, posts_of
from partnership.members.people.views.door import asked_of
from partnership.members.views import doors


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, searched and filtered, to be looked at or chosen."""
    asked = asked_of(request, request.GET)
    page = page_of(asked.keys(), request, size=doors.SIZE)
    found = asked.everybody.in_bulk(page.object_list)
    rows = [found[key] for key in page.object_list if key in found]
    _describe(rows, request)
    context = {
        "form": asked.form,
        "chips": chips(asked.form, request.GET),
        "page": page,
        "rows": rows,
        "places": [place.name for place in asked.places if place.is_own],
    }
    return render(request, "members/desk/people/list.html", context)


@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    """The same list whole. Who took it away, and by which filters, is written down."""
    query = request.GET.copy()
    query.pop("format", None)
    asked = asked_of(request, query)
    count = asked.people.count()
    sheets.refuse_too_many(count)
    audit.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("list", "people"),
        # Which filters, not what for: a search may be somebody's name.
        changes={"rows": count, "filters": sorted(name for name in query if query[name])},
    )
    rows = exports.rows(asked.people, doors.today(request))
    return lists.sheet(request, "people", exports.COLUMNS, rows)


def _describe(rows: list[Any], request: HttpRequest) -> None:
    """Hang on each person what the list shows beside the name."""
    day = doors.today(request)
    posts, marks = posts_of(rows, day), marks_of(rows, day)
    for person in rows:
        person.posts_today = posts[person.pk]
        person.roles_today = [Role(one).label for one in Role if one in marks[person.pk]]
        # Of use to know only where a role waits for one.
        needs_factor = bool(PRIVILEGED & marks[person.pk])
        person.lacks_factor = needs_factor and HAS_FACTOR not in marks[person.pk]
        person.is_self = person.pk == request.user.pk
