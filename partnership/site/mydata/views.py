"""My data: what is held and how long, a file of all of it, and being erased."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts import data, policies
from partnership.accounts.models import Consent, DataExport, Erasure
from partnership.accounts.proof import freshly
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.members.delegations import run_by
from partnership.site.mydata.limits import LIMITS
from partnership.site.mydata.registry import parts


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What we hold, why and how long; the files that were asked for; an erasure that waits."""
    at = clock.of(request)
    exports = DataExport.objects.of(request.user).filter(asked_at__gt=at - DataExport.LIFE)
    context = {
        "parts": parts(),
        "limits": LIMITS,
        "exports": list(exports),
        "erasure": Erasure.objects.waiting().filter(person=request.user).first(),
        "consents": Consent.objects.filter(person=request.user).select_related("version"),
        "policies": policies.current(),
    }
    return render(request, "account/data/overview.html", context)


@require_POST
@freshly("site:my-data")
def make_export(request: HttpRequest) -> HttpResponse:
    """Let a worker make the file."""
    data.ask_for_export(request.user, at=clock.of(request))
    messages.success(request, _("Your file is being made. It lies on this page when it is ready."))
    return redirect("site:my-data")


@require_safe
@freshly("site:my-data")
def export_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file, for its person alone and as long as it is kept."""
    since = clock.of(request) - DataExport.LIFE
    ready = DataExport.objects.of(request.user).filter(ready_at__isnull=False, asked_at__gt=since)
    row = get_object_or_404(ready, uuid=uuid)
    try:
        file = default_storage.open(row.key)
    except FileNotFoundError:
        raise Http404 from None
    name = f"my-data-{row.asked_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@freshly("site:erase")
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; and asking for it."""
    at, told = clock.of(request), ""
    if request.method == "POST":
        try:
            row = data.ask_to_be_erased(request.user, at=at)
        except Refusal as refusal:
            told = str(refusal)
        else:
            text = _("Your account will be erased on %(day)s. Until then you can change your mind.")
            messages.success(request, text % {"day": f"{row.due_at:%Y-%m-%d}"})
            return redirect("site:my-data")
    context = {
        "told": told,
        "due_at": at + Erasure.WAIT,
        "left": run_by(request.user, on=at.date()),
        "erasure": Erasure.objects.waiting().filter(person=request.user).first(),
    }
    return render(request, "account/data/erase.html", context)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """I changed my mind. That takes no proof: it gives nobody anything."""
    try:
        data.stay(request.user, at=clock.of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your account stays. Nothing was erased."))
    return redirect("site:my-data")
