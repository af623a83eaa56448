"""Two accounts of one person beside each other, and what it would do to make one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.accounts.models import User
from partnership.accounts.queries import owner_of
from partnership.lib import clock
from partnership.members.people import merging
from partnership.members.people.views.door import everybody


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for the other account by an address; show both; merge on the word of who saw it."""
    keep = get_object_or_404(everybody(request), uuid=uuid)
    if request.method == "POST":
        gone = get_object_or_404(everybody(request), uuid=_uuid(request))
        act = merging.merge(keep, gone, by=request.user, at=clock.of(request))
        messages.success(request, _("The accounts are one. It can be undone for thirty days."))
        return redirect("people:act", act.uuid)
    asked = request.GET.get("other", "").strip()[:254]
    gone = owner_of(asked.lower()) if asked else None
    context: dict[str, Any] = {"keep": keep, "gone": gone, "asked": asked}
    if gone is not None:
        by, at = request.user, clock.of(request)
        context["parts"] = merging.preview(keep, gone, by=by, at=at)
        context["both"] = [_beside(keep), _beside(gone)]
    return render(request, "members/desk/people/merge.html", context)


def _uuid(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        return None


def _beside(person: User) -> dict[str, Any]:
    """What tells two accounts apart."""
    addresses = EmailAddress.objects.filter(user=person).order_by("-primary", "pk")
    return {"person": person, "addresses": [one.email for one in addresses] or [person.email]}
