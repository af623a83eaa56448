"""Going on with a form that was sent when its session had ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from partnership.accounts import unsent
from partnership.accounts.views.parts import read_or_send

DROP = "drop_what_was_typed"


@read_or_send
@never_cache
def go_on(request: HttpRequest) -> HttpResponse:
    """Show what was typed; its button sends it to where it was to go, as it is."""
    found = unsent.kept(request)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "account/unsent.html", {"found": found, "drop": DROP})
    unsent.drop(request)
    if DROP in request.POST:
        messages.info(request, _("What you had typed is dropped."))
        return redirect("account_mine")
    # 307: the browser sends the same once more, to the page that takes it.
    return HttpResponse(status=307, headers={"Location": found.path})
