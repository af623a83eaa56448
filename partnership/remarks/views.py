"""Something wrong? One form for every fact, open to everybody."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.remarks import services
from partnership.remarks.forms import RemarkForm
from partnership.remarks.models import Remark
from partnership.remarks.told import NAMES, told_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is wrong with one fact. Its sentence is looked up, not taken from the address."""
    at = clock.of(request)
    told = told_of(kind, key, on=at.date())
    if told is None:
        raise Http404
    is_known = request.user.is_authenticated
    form = RemarkForm(request.POST if request.method == "POST" else None, is_known=is_known)
    status = 200
    if form.is_valid():
        words = form.cleaned_data
        try:
            _refuse_busy_network(request)
            row = services.ask(
                (kind, key),
                told,
                words["text"],
                by=request.user,
                email=words.get("email", ""),
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            return redirect(row) if is_known else redirect("remarks:sent")
    context = {"form": form, "told": told, "kind_name": NAMES[kind]}
    return render(request, "remarks/new.html", context, status=status)


def _refuse_busy_network(request: HttpRequest) -> None:
    if not ratelimit.consume(request, action="remark"):
        raise services.TooManyRemarks(
            _("Very much was written from your network. Nothing is locked for good: try later.")
        )


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into the mailbox now. It says nothing of what was written."""
    return render(request, "remarks/sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What somebody wrote, for whoever has the link: sent off here, and later with its answer."""
    row = get_object_or_404(Remark.objects.select_related("by"), uuid=uuid)
    at = clock.of(request)
    if request.method == "POST":
        try:
            services.prove(row, at=at)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(row)
    is_open = Remark.objects.unproved(at).filter(pk=row.pk).exists()
    return render(request, "remarks/mine.html", {"remark": row, "is_to_prove": is_open})
