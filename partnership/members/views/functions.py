"""Who holds which function of a delegation, their deputies, and handing over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.lib import clock
from partnership.lib.errors import BadQuery
from partnership.members.desk_forms import FunctionForm
from partnership.members.models import Affiliation, FocalTerm, Handover, Invitation
from partnership.members.services import handovers, terms
from partnership.members.views import doors

Function = FocalTerm.Function


@require_safe
def function_list(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Four functions with holder and deputy; what a handover would take along."""
    place, at = doors.delegation_of(request, kind, key), clock.of(request)
    day = at.date()
    held = doors.own(request, FocalTerm.objects.on(day), place).select_related("person")
    seats = {(term.function, term.is_deputy): term for term in held.order_by("ends_on", "pk")}
    for term in seats.values():
        term.is_in_grace = term.ends_on < day
        term.is_own = term.person_id == request.user.pk
    posts = doors.own(request, Affiliation.objects.on(day), place).select_related("person")
    people = {post.person_id: post.person for post in posts.order_by("person__name", "person")}
    waiting = doors.own(request, Handover.objects.waiting(), place)
    rows = list(waiting.select_related("giver", "taker"))
    for row in rows:
        row.is_own = request.user.pk in (row.giver_id, row.taker_id)
    invitations = doors.own(request, Invitation.objects.open(at), place)
    context = {
        **doors.frame(request, place, "functions"),
        "seats": [
            (name, seats.get((value, False)), seats.get((value, True)), value)
            for value, name in Function.choices
        ],
        "people": [person for person in people.values() if person.pk != request.user.pk],
        "functions": Function.choices,
        "handovers": rows,
        "is_focal_point": any(term.is_own for term in seats.values()),
        "open_invitations": invitations.filter(by=request.user).count(),
        "day": day,
    }
    return render(request, "members/desk/functions.html", context)


@require_POST
def change_function(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Give a function to one of the people, or end somebody's term."""
    place, at = doors.delegation_of(request, kind, key), clock.of(request)
    if request.POST.get("do") == "close":
        rows = doors.own(request, FocalTerm.objects.on(at.date()), place)
        term = get_object_or_404(
            rows.select_related("person", "country", "institution"), pk=doors.number_sent(request)
        )
        terms.close_term(term, by=request.user, at=at)
        messages.success(request, _("The term of %s is ended.") % term.person)
        return redirect("members:functions", kind, key)
    form = FunctionForm(request.POST)
    if not form.is_valid():
        raise BadQuery({name: list(map(str, texts)) for name, texts in form.errors.items()})
    typed = form.cleaned_data
    person = _person(request, place, typed["person"])
    is_deputy = typed["is_deputy"]
    terms.name_for(person, place, typed["function"], is_deputy=is_deputy, by=request.user, at=at)
    messages.success(request, _("%s has the function from today.") % person)
    return redirect("members:functions", kind, key)


@require_POST
def handover(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Name a successor; agree, decline or take back."""
    place, at = doors.delegation_of(request, kind, key), clock.of(request)
    if (do := request.POST.get("do", "ask")) == "ask":
        taker = _person(request, place, doors.uuid_sent(request, "person"))
        handovers.ask_handover(place, taker, by=request.user, at=at)
        messages.success(request, _("A second person is asked to agree. Nothing changes before."))
        return redirect("members:functions", kind, key)
    rows = doors.own(request, Handover.objects.all(), place)
    row = get_object_or_404(
        rows.select_related("giver", "taker", "country", "institution"),
        uuid=doors.uuid_sent(request),
    )
    handovers.decide_handover(row, agrees=do == "agree", by=request.user, at=at)
    told = _("The delegation is handed over.") if do == "agree" else _("Nothing was handed over.")
    messages.success(request, told)
    return redirect("members:functions", kind, key)


def _person(request: HttpRequest, place: Any, uuid: UUID) -> Any:
    """Somebody with a post in the delegation today; nobody else can be named."""
    posts = doors.own(request, Affiliation.objects.on(doors.today(request)), place)
    post = posts.filter(person__uuid=uuid).select_related("person").first()
    if post is None:
        raise Http404
    return post.person
