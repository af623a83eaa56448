"""Colleagues who lost their mailbox: in a delegation, and all that the secretariat sees."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts.models import Recovery
from partnership.lib import clock
from partnership.lib.paging import page_of
from partnership.members.delegations import Delegation, runs
from partnership.members.services import vouching
from partnership.members.views import doors


@require_safe
def recoveries(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Whom a focal point can vouch for, and where a second person is asked."""
    place = doors.delegation_of(request, kind, key)
    rows = vouching.waiting_in(place, at=clock.of(request))
    context = {
        **doors.frame(request, place, "recoveries"),
        **_listed(request, rows),
        "may_vouch": runs(request.user, [place.place], on=doors.today(request)),
    }
    return render(request, "members/desk/recoveries.html", context)


@require_safe
def all_recoveries(request: HttpRequest) -> HttpResponse:
    rows = vouching.waiting_for_all(at=clock.of(request))
    context = {**_listed(request, rows), "is_all": True}
    return render(request, "members/desk/recoveries.html", context)


@require_POST
def answer(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    place = doors.delegation_of(request, kind, key)
    _answer(request, vouching.waiting_in(place, at=clock.of(request)), place)
    return redirect("members:recoveries", kind, key)


@require_POST
def answer_any(request: HttpRequest) -> HttpResponse:
    _answer(request, vouching.waiting_for_all(at=clock.of(request)), None)
    return redirect("members:desk-recoveries")


def _answer(request: HttpRequest, rows: QuerySet[Recovery], place: Delegation | None) -> None:
    row = rows.filter(uuid=doors.uuid_sent(request)).select_related("person").first()
    if row is None:
        raise Http404
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
    decision = request.POST.get("decision")
    if decision == "vouch" and place is not None:
        vouching.vouch(row, place, **given)
        messages.success(request, _("You vouched. A second person has to agree."))
    elif decision == "confirm":
        vouching.confirm(row, **given)
        messages.success(request, _("%s can sign in with the new address.") % row.person)
    elif decision == "refuse":
        vouching.refuse(row, **given)
        messages.success(request, _("The request is refused. Nothing was changed."))
    else:
        raise Http404


def _listed(request: HttpRequest, rows: QuerySet[Recovery]) -> dict[str, Any]:
    found = rows.select_related("person", "vouched_by").order_by("asked_at", "pk")
    return {"page": page_of(found, request, size=doors.SIZE)}
