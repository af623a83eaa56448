"""One's own delegation: which posts are known here, what was asked, and asking to be counted."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.members import delegations
from partnership.members.desk_forms import AskForm
from partnership.members.models import Affiliation, JoinRequest
from partnership.members.places import places
from partnership.members.services import joining
from partnership.members.views import doors


@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_join(request: HttpRequest) -> HttpResponse:
    """Own posts and requests, and the form for another one."""
    addresses = _addresses(request)
    is_sent = request.method == "POST"
    form = AskForm(
        request.POST if is_sent else None, addresses=addresses, initial=_wanted(request, addresses)
    )
    if is_sent and form.is_valid() and _asked(request, form):
        return redirect("members:ask-to-join")
    posts = Affiliation.objects.filter(person=request.user).select_related("country", "institution")
    asked = JoinRequest.objects.filter(person=request.user).select_related("country", "institution")
    context = {
        "form": form,
        "posts": posts.order_by("-begins_on", "-pk"),
        "requests": asked.order_by("-pk")[:20],
        "places": places(),
        "day": clock.of(request).date(),
    }
    return render(request, "members/ask_to_join.html", context)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    row = JoinRequest.objects.filter(person=request.user, uuid=doors.uuid_sent(request)).first()
    if row is None:
        raise Http404
    joining.withdraw_request(row, at=clock.of(request))
    messages.success(request, _("The request is withdrawn."))
    return redirect("members:ask-to-join")


def _addresses(request: HttpRequest) -> list[str]:
    """Confirmed ones; the address of the account where none is entered."""
    rows = EmailAddress.objects.filter(user=request.user, verified=True)
    found = list(rows.order_by("-primary", "email").values_list("email", flat=True))
    return found or [request.user.email]


def _wanted(request: HttpRequest, addresses: list[str]) -> dict[str, Any]:
    """The delegation that the link on its page named."""
    kind, _slash, key = request.GET.get("of", "").partition("/")
    found = delegations.find(kind, key[:100])
    return {"place": found.name if found else "", "email": addresses[0]}


def _asked(request: HttpRequest, form: AskForm) -> bool:
    typed = form.cleaned_data
    post = joining.Post(typed["title"], typed["since"], typed["email"])
    try:
        row = joining.ask_to_join(request.user, typed["place"], post, at=clock.of(request))
    except Refusal as refusal:
        form.add_error("since" if refusal.code == "day_wrong" else "place", str(refusal))
        return False
    if row.is_approved:
        told = _("You are counted to %s from today: your mail address was enough.")
    elif row.passed_at:
        told = _("Your request for %s is with the secretariat. The answer comes by mail.")
    else:
        told = _("Your request for %s is with its focal point. The answer comes by mail.")
    messages.success(request, told % row.place)
    return True
