"""The secretariat's desk of countries and institutions: the list, one of them, a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.audit import services as audit
from partnership.lib import clock, lists, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of
from partnership.members import roll
from partnership.members.delegations import COUNTRY, INSTITUTION, Delegation, find
from partnership.members.models import Institution, Participation, ProfileRevision
from partnership.members.roll_forms import ContactForm, InstitutionForm, LineForm, RollFilter
from partnership.members.services import roll as services
from partnership.members.views import doors

KINDS = {"countries": COUNTRY, "institutions": INSTITUTION}
DETAILS = ("name", "acronym", "kind", "seat", "website", "role", "source")


@require_safe
def roll_list(request: HttpRequest, of: str) -> HttpResponse:
    """Who is a member since when, how to reach them, who runs them until when."""
    kind, day = KINDS[of], doors.today(request)
    form = RollFilter(request.GET, of=kind)
    page = page_of(roll.listed(kind, cleaned_or_refuse(form), day), request, size=doors.SIZE)
    found = list(page.object_list)
    for row in found:
        row.key, row.type = roll.key_of(row), roll.type_of(row)
        row.is_member = row.joined_on and (row.left_on is None or row.left_on >= day)
    context = {
        "of": of,
        "kind": kind,
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "rows": found,
        "day": day,
        "soon": day + roll.SOON,
    }
    return render(request, "members/desk/roll.html", context)


@require_safe
def roll_sheet(request: HttpRequest, of: str) -> HttpResponseBase:
    form = RollFilter(request.GET, of=KINDS[of])
    rows = roll.listed(KINDS[of], cleaned_or_refuse(form), doors.today(request))
    count = rows.count()
    sheets.refuse_too_many(count)
    answer = lists.sheet(request, of, roll.COLUMNS, roll.cells(rows))
    audit.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("roll", of),
        changes={"list": of, "rows": count},
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One of them: its stretches of membership, what it is, its contact. Each form saves alone."""
    place = find(kind, key)
    if place is None:
        raise Http404
    lines = list(Participation.objects.filter(**place.where).select_related("source"))
    line = _line(lines, request.GET.get("line", ""))
    forms = _forms(request, place, line)
    do = request.POST.get("do", "")
    if do in forms and forms[do].is_valid() and _saved(request, place, line, do, forms[do]):
        return redirect("members:desk-member", kind, key)
    context = {"place": place, "lines": lines, "line": line, "forms": forms, "sent": forms.get(do)}
    return render(request, "members/desk/member.html", context)


def _line(lines: list[Participation], asked: str) -> Participation | None:
    """The stretch that the address names by its first day: no two begin on one."""
    if not asked:
        return None
    for line in lines:
        if line.begins_on.isoformat() == asked:
            return line
    raise Http404


def _forms(request: HttpRequest, place: Delegation, line: Any) -> dict[str, Form]:
    """Those of the page; the one that was sent holds what was typed."""

    def made(name: str, form: type[Form], initial: dict[str, Any]) -> Form:
        sent = request.POST if request.POST.get("do") == name else None
        return form(sent, initial=initial, auto_id=f"id_{name}_%s")

    shown = ProfileRevision.objects.published().filter(**place.where)
    said = shown.order_by("-published_at", "-pk").values("contact", "website").first()
    known = {name: getattr(line, name, None) for name in ("begins_on", "ends_on", "note")}
    forms = {
        "line": made("line", LineForm, {**known, "source": line.source.slug if line else None}),
        "contact": made("contact", ContactForm, dict(said or {})),
    }
    if isinstance(place.place, Institution):
        own: dict[str, Any] = {name: getattr(place.place, name) for name in DETAILS}
        own |= {"source": place.place.source.slug, "seat": place.place.seat_id}
        forms["details"] = made("details", InstitutionForm, own)
    return forms


def _saved(request: HttpRequest, place: Delegation, line: Any, do: str, form: Any) -> bool:
    typed, at, by = form.cleaned_data, clock.of(request), request.user
    change: dict[str, Callable[[], Any]] = {
        "line": lambda: services.write_membership(
            place, services.Line(**typed), row=line, by=by, at=at
        ),
        "contact": lambda: services.publish_contact(place, typed, by=by, at=at),
        "details": lambda: services.change_institution(place.place, typed, by=by, at=at),  # type: ignore[arg-type]
    }
    return saved(request, form, change[do])


@require_http_methods(["GET", "HEAD", "POST"])
def new_institution(request: HttpRequest) -> HttpResponse:
    form = InstitutionForm(request.POST if request.method == "POST" else None)
    made: list[Institution] = []

    def add() -> None:
        typed, at = form.cleaned_data, clock.of(request)
        made.append(services.add_institution(typed, by=request.user, at=at))

    if request.method == "POST" and form.is_valid() and saved(request, form, add):
        return redirect("members:desk-member", INSTITUTION, made[0].slug)
    return render(request, "members/desk/new_institution.html", {"form": form})
