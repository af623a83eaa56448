"""The desk of links: what is broken or has moved, where it stands, another look, a kept copy."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.accounts.models import Role
from partnership.information.feeds.faults import sentence_of
from partnership.information.links import queries, services
from partnership.information.links.forms import CopyForm, LinksFilter
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of
from partnership.sources.models import Link

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


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A link with the archived copy that is known of it, to be put right."""
    row = get_object_or_404(Link.objects.prefetch_related("uses"), uuid=uuid)
    known = {name: getattr(row, name) for name in CopyForm.base_fields}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=known)

    def write() -> None:
        services.correct_copy(row, form.cleaned_data, by=request.user, at=clock.of(request))

    if form.is_valid() and saved(request, form, write):
        return redirect("links:one", uuid)
    row.fault = sentence_of(row.error) if row.error else ""  # type: ignore[attr-defined]
    return render(request, "information/desk/link.html", {"link": row, "form": form})
