"""The people of a delegation, now and before: dated lines that are ended, put back, found right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.lib import clock, lists, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members.desk_forms import PeopleFilter
from partnership.members.models import Affiliation, FocalTerm
from partnership.members.services import posts
from partnership.members.services.lists import A_YEAR, unsure
from partnership.members.views import doors
from partnership.members.views.doors import delegation_of, own, sees_all, today

COLUMNS = ["name", "title", "country", "institution", "from", "to", "confirmed_on"]


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """Those that somebody runs; where it is one, the way leads there."""
    found = doors.own_delegations(request)
    if len(found) == 1 and not sees_all(request):
        return redirect(found[0])
    return render(request, "members/desk/delegations.html", {"delegations": found})


@require_safe
def delegation(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Own people as dated lines, and what to do with each."""
    place = delegation_of(request, kind, key)
    form, everything, rows = _rows(request, place)
    page = page_of(rows, request, size=doors.SIZE)
    day = today(request)
    lines = list(page.object_list)
    _mark(lines, clock.of(request))
    terms = FocalTerm.objects.on(day).filter(person=request.user, **place.where)
    context = {
        **doors.frame(request, place, "people"),
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "lines": lines,
        "counts": _counts(everything, day),
        "term": terms.order_by("-ends_on").first(),
        "day": day,
    }
    return render(request, "members/desk/people.html", context)


@require_safe
def people_sheet(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    place = delegation_of(request, kind, key)
    _form, _everything, rows = _rows(request, place)
    count = rows.count()
    sheets.refuse_too_many(count)
    doors.note_export(request, place, "people", count)
    return lists.sheet(request, "people", COLUMNS, map(_row, rows.iterator(chunk_size=2000)))


@require_POST
def change_post(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """End a post, put it back, or say that it is right: one button each."""
    place, at = delegation_of(request, kind, key), clock.of(request)
    rows = own(request, Affiliation.objects.all(), place).select_related("person")
    post = get_object_or_404(rows, pk=doors.number_sent(request))
    match request.POST.get("do"):
        case "end":
            posts.end_post(post, last_day=doors.day_sent(request), by=request.user, at=at)
            told = _("The line of %(person)s is ended. You can put it back for seven days.")
        case "undo":
            leaving = get_object_or_404(post.leavings.filter(undone_at__isnull=True))
            posts.undo_end(leaving, by=request.user, at=at)
            told = _("The line of %(person)s is as it was.")
        case _:
            posts.confirm_post(post, by=request.user, at=at)
            told = _("Noted: %(person)s is still in post.")
    messages.success(request, told % {"person": post.person})
    return redirect(_way_back(request, place))


def _way_back(request: HttpRequest, place: Any) -> str:
    """The list with its filters, as the form named them."""
    query = request.POST.get("query", "")[:500]
    return place.get_absolute_url() + (f"?{query}" if query else "")


def _rows(request: HttpRequest, place: Any) -> tuple[PeopleFilter, Any, Any]:
    """The filter, all lines of the delegation, and those that were asked for."""
    form = PeopleFilter(request.GET)
    wanted, day = cleaned_or_refuse(form), today(request)
    everything = own(request, Affiliation.objects.all(), place)
    rows = everything
    if wanted["check"]:
        rows = rows.filter(pk__in=unsure(day).order_by().values("pk"))
    elif wanted["when"] == "before":
        rows = rows.filter(ends_on__lt=day)
    elif wanted["when"] == "":
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    if asked := wanted["q"].strip():
        named = Q(person__name__icontains=asked) | Q(person__latin_name__icontains=asked)
        rows = rows.filter(named | Q(title__icontains=asked))
    rows = rows.select_related("person", "country", "institution")
    return form, everything, rows.order_by("person__name", "person", "-begins_on", "pk")


def _counts(everything: Any, day: date) -> dict[str, int]:
    """People, not lines: in post today, ended, and whose line nobody confirmed for a year."""
    now = Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    before = day - A_YEAR
    late = Q(confirmed_on__lte=before) | Q(confirmed_on__isnull=True, begins_on__lte=before)
    return everything.order_by().aggregate(
        now=Count("person", filter=now, distinct=True),
        before=Count("pk", filter=Q(ends_on__lt=day)),
        due=Count("pk", filter=now & late),
    )


def _mark(lines: list[Any], at: Any) -> None:
    """Which lines can be put back, and which are to be confirmed."""
    day = at.date()
    undoable = posts.undoable(lines, at)
    for line in lines:
        line.is_over = line.ends_on is not None and line.ends_on < day
        line.can_undo = line.pk in undoable
        sure_since = line.confirmed_on or line.begins_on
        line.is_due = not line.is_over and sure_since <= day - A_YEAR


def _row(line: Any) -> list[Any]:
    return [
        line.person.name,
        line.title,
        line.country.name if line.country else "",
        line.institution.name if line.institution else "",
        line.begins_on,
        line.ends_on,
        line.confirmed_on,
    ]


def in_post(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """People to choose from, as a field of a form lists them."""
    found = {str(row.person.uuid): str(row.person) for row in rows}
    return sorted(found.items(), key=lambda pair: pair[1].casefold())
