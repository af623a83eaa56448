"""The secretariat's part: appointments on letters, mail domains, handovers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.models import Role
from partnership.accounts.queries import owner_of
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members.delegations import delegation_of
from partnership.members.desk_forms import AppointForm, AppointmentsFilter, PlacedDomainForm
from partnership.members.models import FocalTerm, Handover, MailDomain, OfficialLetter
from partnership.members.places import places
from partnership.members.services import domains as domain_services
from partnership.members.services import handovers as handover_services
from partnership.members.services import invitations, letters, terms
from partnership.members.views import doors

SOON = timedelta(days=60)


@require_http_methods(["GET", "HEAD", "POST"])
def appointments(request: HttpRequest) -> HttpResponse:
    """Terms of focal points with their ends, and appointing one on an official letter."""
    day, is_sent = doors.today(request), request.method == "POST"
    form = AppointForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, on=day
    )
    if is_sent and form.is_valid() and _appointed(request, form):
        return redirect("members:desk-appointments")
    asked = AppointmentsFilter(request.GET)
    rows = _terms(request, cleaned_or_refuse(asked))
    page = page_of(rows, request, size=doors.SIZE)
    found = list(page.object_list)
    for row in found:
        row.delegation = delegation_of(row)
        row.is_in_grace = row.ends_on < day <= row.holds_until and not row.closed_on
        row.is_soon = day <= row.ends_on <= day + SOON
    context = {
        "form": asked,
        "chips": chips(asked, request.GET),
        "page": page,
        "rows": found,
        "appoint": form,
        "places": places(),
        "day": day,
    }
    return render(request, "members/desk/appointments.html", context)


def _terms(request: HttpRequest, wanted: dict[str, Any]) -> Any:
    day = doors.today(request)
    rows = FocalTerm.objects.of(request.user, on=day, sees_all=True)
    match wanted["state"]:
        case "soon":
            rows = rows.on(day).filter(ends_on__range=(day, day + SOON))
        case "grace":
            rows = rows.on(day).filter(ends_on__lt=day)
        case "over":
            held = FocalTerm.objects.on(day).order_by().values("pk")
            rows = rows.exclude(pk__in=held).filter(begins_on__lte=day)
        case _:
            rows = rows.on(day)
    if asked := wanted["q"].strip():
        named = Q(person__name__icontains=asked) | Q(country__name__icontains=asked)
        rows = rows.filter(named | Q(institution__name__icontains=asked))
    rows = rows.select_related("person", "country", "institution", "letter")
    return rows.order_by("ends_on", "pk")


def _appointed(request: HttpRequest, form: Any) -> bool:
    """Store the letter, then begin the term, or invite whoever has no account: all or nothing."""
    typed, at, by = form.cleaned_data, clock.of(request), request.user
    key = ""
    try:
        with transaction.atomic():
            letter = letters.store_letter(
                typed["letter"], typed["place"], written_on=typed["written_on"], by=by, at=at
            )
            key = letter.key
            told = _begin(typed, letter, by, at)
    except Refusal as refusal:
        if key:
            default_storage.delete(key)
        form.add_error("letter" if refusal.code == "file_refused" else None, str(refusal))
        return False
    messages.success(request, told)
    return True


def _begin(typed: dict[str, Any], letter: OfficialLetter, by: Any, at: Any) -> str:
    term = terms.Term(typed["function"], typed["is_deputy"], at.date(), typed["until"])
    if person := owner_of(typed["email"].lower()):
        terms.appoint(person, typed["place"], term, letter=letter, by=by, at=at)
        return _("%s is appointed. A mail says so.") % person
    # What would be refused when the invited accept it is refused now.
    terms.refuse_days(term)
    terms.refuse_held(typed["place"], term)
    invitations.invite(
        typed["email"],
        by=by,
        at=at,
        role=Role.FOCAL_POINT,
        name=typed["name"],
        function=term.function,
        is_deputy=term.is_deputy,
        until=term.ends_on,
        letter=letter,
        **typed["place"].where,
    )
    return (
        _("%s has no account yet: an invitation is on its way, and the term begins with it.")
        % (typed["email"])
    )


@require_safe
def letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file of a letter, to be kept and never shown inside a page of ours."""
    row = get_object_or_404(OfficialLetter, uuid=uuid)
    ending = letters.ENDINGS[OfficialLetter.Kind(row.kind)]
    name = f"letter-{row.written_on}-{delegation_of(row).key}.{ending}"
    response = doors.kept_file(row.key, name=name, media_type=row.kind)
    audit.record("letter.read", at=clock.of(request), request=request, of=("letter", str(row.uuid)))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: HttpRequest) -> HttpResponse:
    """Mail domains: proposals first. Set, approve, remove."""
    rows = MailDomain.objects.of(request.user, on=doors.today(request), sees_all=True)
    is_sent, do = request.method == "POST", request.POST.get("do", "set")
    form = PlacedDomainForm(request.POST if is_sent and do == "set" else None)
    if is_sent and _domain_changed(request, form, rows, do):
        return redirect("members:desk-domains")
    rows = rows.select_related("country", "institution", "proposed_by", "approved_by")
    page = page_of(
        rows.order_by(F("approved_at").asc(nulls_first=True), "domain"), request, size=doors.SIZE
    )
    found = list(page.object_list)
    for row in found:
        row.delegation = delegation_of(row)
    context = {"form": form, "page": page, "rows": found, "places": places()}
    return render(request, "members/desk/domains.html", context)


def _domain_changed(request: HttpRequest, form: Any, rows: Any, do: str) -> bool:
    at, by = clock.of(request), request.user
    if do != "set":
        rows = rows.select_related("country", "institution")
        rule = get_object_or_404(rows, pk=doors.number_sent(request))
        change = domain_services.approve_domain
        if do == "remove":
            change = domain_services.remove_domain
        change(rule, by=by, at=at)
        told = _("%s is removed.") if do == "remove" else _("%s holds from now on.")
        messages.success(request, told % rule.domain)
        return True
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        domain_services.propose_domain(typed["domain"], typed["place"], by=by, at=at)
    except Refusal as refusal:
        form.add_error("domain", str(refusal))
        return False
    messages.success(request, _("%s holds from now on.") % typed["domain"])
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """Handovers that wait for a second person; the secretariat is one."""
    rows = Handover.objects.of(request.user, on=doors.today(request), sees_all=True)
    rows = rows.select_related("giver", "taker", "country", "institution", "decided_by")
    if request.method == "POST":
        agrees = request.POST.get("do") == "agree"
        row = get_object_or_404(rows, uuid=doors.uuid_sent(request))
        handover_services.decide_handover(row, agrees=agrees, by=request.user, at=clock.of(request))
        told = _("The delegation is handed over.") if agrees else _("Nothing was handed over.")
        messages.success(request, told)
        return redirect("members:desk-handovers")
    page = page_of(rows.waiting().order_by("asked_at", "pk"), request, size=doors.SIZE)
    found = list(page.object_list)
    for row in found:
        row.delegation = delegation_of(row)
    return render(request, "members/desk/handovers.html", {"page": page, "rows": found})
