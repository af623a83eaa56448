"""The outbox on the desk: how each mail went. What it says is shown on a trial site alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.mail import services
from partnership.mail.forms import OutboxFilter
from partnership.mail.models import OutboxMessage

SIZE = 50
# A mail brings its own style and needs nothing else; links in it open in its place.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Each mail with its state, newest first."""
    form = OutboxFilter(request.GET)
    # Texts hold codes and links: they are not even read here.
    rows = OutboxMessage.objects.defer("body", "html", "headers")
    page = page_of(_wanted(rows, cleaned_or_refuse(form)), request, size=SIZE)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "is_readable": not settings.PRODUCTION,
    }
    return render(request, "mail/outbox.html", context)


def _wanted(rows: QuerySet[OutboxMessage], wanted: dict[str, Any]) -> QuerySet[OutboxMessage]:
    if asked := wanted["q"].strip():
        rows = rows.filter(to__icontains=asked)
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    return rows.order_by("-pk")


@require_POST
def send_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Try a mail anew that was given up."""
    message = get_object_or_404(OutboxMessage, uuid=uuid)
    services.send_again(message, at=clock.of(request))
    audit.record("mail.again", at=clock.of(request), request=request, of=("mail", str(uuid)))
    messages.success(request, _("The mail to %s is tried again.") % message.to)
    return redirect("mail:outbox")


@require_safe
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a mail says, as plain text."""
    return render(request, "mail/one.html", {"mail": _readable(uuid)})


@require_safe
def rich(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same as mail programs show it, kept apart from our pages."""
    response = HttpResponse(_readable(uuid).html)
    response["Content-Security-Policy"] = SANDBOX
    return response


def _readable(uuid: UUID) -> OutboxMessage:
    """A mail of a trial site. On a real one its link or code is its reader's alone."""
    if settings.PRODUCTION:
        raise Http404
    return get_object_or_404(OutboxMessage, uuid=uuid)
