"""Invitations with how far each got: a delegation's own, and all of them for the secretariat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnership.accounts.models import Role
from partnership.accounts.queries import owner_of
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members import links, notices
from partnership.members.desk_forms import (
    AllInvitationsFilter,
    InvitationsFilter,
    InviteAnybodyForm,
    InviteForm,
)
from partnership.members.models import Invitation
from partnership.members.places import places
from partnership.members.services import invitations as services
from partnership.members.views import doors

State = Invitation.State
# Of these nothing can be changed any more.
SETTLED = {State.JOINED, State.WITHDRAWN, State.REPLACED}


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_list(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Invite officials of the own delegation, and see what became of it."""
    place = doors.delegation_of(request, kind, key)
    form = InviteForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        offer = {"role": Role.OFFICIAL, **place.where}
        if done := _invite(request, form, offer):
            return done
    rows = doors.own(request, Invitation.objects.all(), place)
    context = _listed(request, rows, InvitationsFilter(request.GET))
    context |= {**doors.frame(request, place, "invitations"), "invite": form}
    return render(request, "members/desk/invitations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def all_invitations(request: HttpRequest) -> HttpResponse:
    """Every invitation, for those who run the site."""
    form = InviteAnybodyForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        offer = {"role": form.cleaned_data["role"], **(place.where if place else {})}
        if done := _invite(request, form, offer):
            return done
    rows = Invitation.objects.of(request.user, on=doors.today(request), sees_all=True)
    context = _listed(request, rows, AllInvitationsFilter(request.GET))
    context |= {"invite": form, "is_all": True, "places": places()}
    return render(request, "members/desk/invitations.html", context)


@require_POST
def change_invitation(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    place = doors.delegation_of(request, kind, key)
    rows = doors.own(request, Invitation.objects.all(), place)
    return _change(request, rows, place)


@require_POST
def change_any_invitation(request: HttpRequest) -> HttpResponse:
    rows = Invitation.objects.of(request.user, on=doors.today(request), sees_all=True)
    return _change(request, rows, None)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _invite(request: HttpRequest, form: Any, offer: dict[str, Any]) -> HttpResponse | None:
    """Invite. Whether the address has an account is told to the secretariat alone."""
    at, typed = clock.of(request), form.cleaned_data
    offer |= {"name": typed["name"], "title": typed["title"]}
    try:
        row = services.invite(typed["email"], by=request.user, at=at, **offer)
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return None
    if row.used_at:
        told = _("%(email)s was invited before and has joined already.")
    elif row.made_at < at:
        told = _("%(email)s is invited already. You can mail the invitation again below.")
    else:
        told = _("The invitation to %(email)s is on its way.")
    messages.success(request, told % {"email": row.email})
    if doors.sees_all(request) and row.made_at == at and owner_of(row.email):
        messages.info(request, _("The address has an account: it gains this, no second is made."))
    return redirect(request.path)


def _change(request: HttpRequest, rows: Any, place: Any) -> HttpResponse:
    """Mail it again, or take it back."""
    row = rows.filter(uuid=_uuid(request)).first()
    if row is None:
        raise Http404
    if request.POST.get("do") == "withdraw":
        services.withdraw(row, by=request.user, at=clock.of(request))
        messages.success(request, _("The invitation to %s is withdrawn.") % row.email)
    else:
        before = row.sent_at
        sent = services.send_again(row, by=request.user, at=clock.of(request))
        told = _("The invitation to %s is mailed again. Link and code hold for 14 days.")
        if sent.sent_at == before:
            told = _("It was mailed to %s less than a minute ago.")
        messages.success(request, told % row.email)
    back = place and ["members:invitations", place.kind, place.key]
    return redirect(*(back or ["members:desk-invitations"]))


def _uuid(request: HttpRequest) -> str | None:
    try:
        return str(UUID(request.POST.get("row", "")))
    except ValueError:
        return None


def _listed(request: HttpRequest, rows: Any, form: Any) -> dict[str, Any]:
    wanted, at = cleaned_or_refuse(form), clock.of(request)
    rows = rows.with_state(at)
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted.get("role"):
        rows = rows.filter(role=wanted["role"])
    if asked := wanted["q"].strip():
        rows = rows.filter(Q(email__icontains=asked) | Q(name__icontains=asked))
    rows = rows.select_related("country", "institution", "by", "used_by").order_by("-pk")
    page = page_of(rows, request, size=doors.SIZE)
    found = list(page.object_list)
    for row in found:
        row.state_name = State(row.state).label
        row.is_settled = row.state in SETTLED
        row.link = "" if row.is_settled else notices.address_of(row, links.SHOWN)
        row.role_name = Role(row.role).label
    return {"form": form, "chips": chips(form, request.GET), "page": page, "rows": found}
