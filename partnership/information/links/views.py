"""The desk of links: what is broken or has moved, where it stands, and another look."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.accounts.models import Role
from partnership.information.feeds.faults import sentence_of
from partnership.information.links import queries, services
from partnership.information.links.forms import LinksFilter
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

SIZE = 50
EDITORS = {Role.ADMINISTRATOR, Role.DATA_EDITOR}


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _look_again(request)
    form = LinksFilter(request.GET)
    page = page_of(queries.links(cleaned_or_refuse(form)), request, size=SIZE)
    for row in page.object_list:
        row.fault = sentence_of(row.error) if row.error else ""
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    # Pages of the editors' desk are closed to trainers.
    context["is_editor"] = not EDITORS.isdisjoint(request.roles)
    return render(request, "information/desk/links.html", context)


def _look_again(request: HttpRequest) -> HttpResponse:
    try:
        services.look_again(UUID(request.POST.get("again", "")), at=clock.of(request))
    except ValueError:
        return redirect("links:list")
    messages.success(request, _("It is looked at now: see again in a minute."))
    return redirect(request.get_full_path())
