"""Changing many people at once: chosen, counted, confirmed, and put back for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts.models import User
from partnership.lib import clock
from partnership.lib.errors import BadQuery
from partnership.lib.paging import page_of
from partnership.members.models import Affiliation, DeskAct
from partnership.members.people import merging, services
from partnership.members.people.views.door import Asked, asked_of, query_sent
from partnership.members.views import doors

Kind = DeskAct.Kind
OFFERED = (Kind.DISABLE, Kind.ENABLE, Kind.END_POSTS)
SHOWN = 20


@dataclass(frozen=True)
class Choice:
    """What is to be done, and to which rows."""

    kind: DeskAct.Kind
    asked: Asked
    people: Any
    rows: Any
    last_day: date


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Say how many rows would change; with that very number sent along, change them."""
    choice = _choice(request)
    number = choice.rows.count()
    if number and request.POST.get("sure") == str(number):
        act = _do(choice, request)
        messages.success(request, _told(act))
        return redirect("people:act", act.uuid)
    context = {
        "choice": choice,
        "number": number,
        "most": services.MOST,
        "chosen": choice.people.count(),
        "was_other": bool(request.POST.get("sure")),
        "first": _first(choice.rows),
        "picked": request.POST.getlist("pick")[: doors.SIZE],
        "is_all": _is_all(request),
        "query": query_sent(request).urlencode(),
    }
    return render(request, "members/desk/people/confirm.html", context)


def _choice(request: HttpRequest) -> Choice:
    kind = request.POST.get("do", "")
    if kind not in OFFERED:
        raise BadQuery({"do": [_("Say what to do with the people chosen.")]})
    asked, at = asked_of(request, query_sent(request)), clock.of(request)
    people = asked.people if _is_all(request) else asked.people.filter(uuid__in=_picked(request))
    last_day = doors.day_sent(request)
    match kind:
        case Kind.DISABLE:
            rows: Any = services.to_disable(people, by=request.user)
        case Kind.ENABLE:
            rows = services.to_enable(people)
        case _:
            rows = services.to_end(people, last_day=last_day, at=at, where=asked.posts)
    return Choice(Kind(kind), asked, people, rows, last_day)


def _is_all(request: HttpRequest) -> bool:
    return request.POST.get("all") == "yes"


def _picked(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.POST.getlist("pick")[: doors.SIZE]]
    except ValueError:
        raise BadQuery({"pick": [_("Choose people from the list.")]}) from None


def _do(choice: Choice, request: HttpRequest) -> DeskAct:
    by, at = request.user, clock.of(request)
    match choice.kind:
        case Kind.DISABLE:
            return services.disable(choice.people, by=by, at=at)
        case Kind.ENABLE:
            return services.enable(choice.people, by=by, at=at)
    return services.end_posts(choice.rows, last_day=choice.last_day, by=by, at=at)


def _told(act: DeskAct) -> str:
    n = act.number
    match act.kind:
        case Kind.DISABLE:
            text = ngettext("%(n)s account is disabled.", "%(n)s accounts are disabled.", n)
        case Kind.ENABLE:
            text = ngettext("%(n)s account is enabled.", "%(n)s accounts are enabled.", n)
        case _:
            text = ngettext("%(n)s post is ended.", "%(n)s posts are ended.", n)
    return text % {"n": n}


def _first(rows: Any) -> list[Any]:
    """Some of those that would change, with the person of each."""
    if rows.model is Affiliation:
        lines = rows.select_related("person", "country", "institution")
        return list(lines.order_by("person__folded", "person", "begins_on")[:SHOWN])
    return list(rows[:SHOWN])


@require_safe
def act_list(request: HttpRequest) -> HttpResponse:
    """What was done to many at once, newest first."""
    rows = DeskAct.objects.select_related("by", "undone_by", "into")
    page = page_of(rows, request, size=doors.SIZE)
    context = {"page": page, "acts": list(page.object_list)}
    return render(request, "members/desk/people/acts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One act with the people it was about; sent to, it is put back."""
    found = get_object_or_404(DeskAct.objects.select_related("by", "undone_by", "into"), uuid=uuid)
    if request.method == "POST":
        number = _undo(found, request)
        text = ngettext("%(n)s row is as it was.", "%(n)s rows are as they were.", number)
        messages.success(request, text % {"n": number})
        return redirect("people:act", found.uuid)
    is_merge = found.kind == Kind.MERGE
    people = found.changes.filter(table="user") if is_merge else found.changes.all()
    page = page_of(people, request, size=doors.SIZE)
    context = {
        "act": found,
        "page": page,
        "moved": merging.moved_by(found) if is_merge else None,
        "lines": _lines(list(page.object_list)),
        "can_undo": not found.undone_at and found.undo_until > clock.of(request),
        "kept": found.changes.filter(was_kept=True).count() if found.undone_at else 0,
    }
    return render(request, "members/desk/people/act.html", context)


def _undo(act: DeskAct, request: HttpRequest) -> int:
    undo = merging.undo_merge if act.kind == Kind.MERGE else services.undo
    return undo(act, by=request.user, at=clock.of(request))


def _lines(changes: list[Any]) -> list[dict[str, Any]]:
    """The changes with their people; a row that is gone since has none."""
    keys: dict[str, list[str]] = {"user": [], "affiliation": []}
    for change in changes:
        keys.setdefault(change.table, []).append(change.key)
    people = {
        ("user", str(row.pk)): (row, None) for row in User.objects.filter(pk__in=keys["user"])
    }
    posts = Affiliation.objects.filter(pk__in=keys["affiliation"])
    for post in posts.select_related("person", "country", "institution"):
        people["affiliation", str(post.pk)] = (post.person, post)
    return [
        {"change": one, "of": people.get((one.table, one.key), (None, None))} for one in changes
    ]
