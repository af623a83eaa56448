"""Requests to join: those of a delegation, and those that were passed to the secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.lib import clock
from partnership.lib.errors import BadQuery, Refusal
from partnership.lib.paging import page_of
from partnership.members import replies
from partnership.members.delegations import delegation_of
from partnership.members.desk_forms import AnswerForm, DomainForm
from partnership.members.models import JoinRequest, MailDomain
from partnership.members.services import domains, joining
from partnership.members.views import doors

WHO = ("person", "country", "institution", "answered_by", "rule")
ANSWERED_LATELY = 10


@require_http_methods(["GET", "HEAD", "POST"])
def request_list(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Who waits for an answer, and the mail domains that answer by themselves."""
    place = doors.delegation_of(request, kind, key)
    form = DomainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _propose(request, form, place):
        return redirect("members:requests", kind, key)
    rows = doors.own(request, JoinRequest.objects.all(), place)
    context = {
        **doors.frame(request, place, "requests"),
        **_listed(request, rows, rows.waiting()),
        "form": form,
        "domains": doors.own(request, MailDomain.objects.all(), place),
    }
    return render(request, "members/desk/requests.html", context)


@require_safe
def passed_on(request: HttpRequest) -> HttpResponse:
    """What no focal point answered in time, or could not answer."""
    rows = JoinRequest.objects.of(request.user, on=doors.today(request), sees_all=True)
    waiting = rows.waiting().filter(passed_at__isnull=False)
    context = {**_listed(request, rows.filter(passed_at__isnull=False), waiting), "is_all": True}
    return render(request, "members/desk/requests.html", context)


@require_POST
def answer(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    place = doors.delegation_of(request, kind, key)
    _answer(request, doors.own(request, JoinRequest.objects.all(), place))
    return redirect("members:requests", kind, key)


@require_POST
def answer_passed_on(request: HttpRequest) -> HttpResponse:
    rows = JoinRequest.objects.of(request.user, on=doors.today(request), sees_all=True)
    _answer(request, rows.filter(passed_at__isnull=False))
    return redirect("members:desk-requests")


def _answer(request: HttpRequest, rows: Any) -> None:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadQuery({name: list(map(str, texts)) for name, texts in form.errors.items()})
    row = rows.filter(uuid=doors.uuid_sent(request)).select_related(*WHO[:3]).first()
    if row is None:
        raise Http404
    approves = form.cleaned_data["decision"] == "approve"
    reply = form.cleaned_data["reply"]
    joining.answer_request(
        row, approves=approves, reply=reply, by=request.user, at=clock.of(request)
    )
    told = _("%s is counted to the delegation.") if approves else _("%s is told that it cannot be.")
    messages.success(request, told % row.person)


def _propose(request: HttpRequest, form: Any, place: Any) -> bool:
    try:
        rule = domains.propose_domain(
            form.cleaned_data["domain"], place, by=request.user, at=clock.of(request)
        )
    except Refusal as refusal:
        form.add_error("domain", str(refusal))
        return False
    told = _("%s is proposed. It holds when the secretariat has approved it.")
    messages.success(request, (_("%s holds from now on.") if rule.approved_at else told) % rule)
    return True


def _listed(request: HttpRequest, rows: Any, waiting: Any) -> dict[str, Any]:
    page = page_of(waiting.select_related(*WHO).order_by("due_at", "pk"), request, size=doors.SIZE)
    found = list(page.object_list)
    answered = rows.filter(answered_at__isnull=False).select_related(*WHO)
    lately = list(answered.order_by("-answered_at", "-pk")[:ANSWERED_LATELY])
    for row in (*found, *lately):
        row.delegation = delegation_of(row)
        row.is_own = row.person_id == request.user.pk
    return {"page": page, "rows": found, "answered": lately, "replies": replies.offered()}
