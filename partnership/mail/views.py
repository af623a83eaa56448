"""Which mail a person gets: a page of the account, and the page behind the link in a mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partnership.lib import clock
from partnership.mail import stops
from partnership.mail.models import STOPPABLE, Kind, MailStop

EXAMPLES = {
    Kind.LEARNING: gettext_lazy(
        "An attempt was closed at its deadline, a certificate is ready, a trainer granted more "
        "time or another attempt. All of it also stands on your pages."
    ),
    Kind.DELEGATION: gettext_lazy(
        "Somebody asks to join, a handover waits, the yearly question whether the list of people "
        "is right. Only those get them who run a delegation or the site."
    ),
    Kind.LETTERS: gettext_lazy(
        "What the secretariat, the trainers of your courses and your focal points write to several "
        "people at once."
    ),
    Kind.ALERTS: gettext_lazy(
        "One mail, each day or each week, with all that is new about the countries, topics, "
        "documents, sources and searches that you follow."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """One switch for each kind of mail that can be stopped."""
    if request.method == "POST":
        return _switched(request)
    stopped = dict(
        MailStop.objects.filter(person=request.user.pk).values_list("kind", "stopped_at")
    )
    kinds = [
        {"kind": kind, "example": EXAMPLES[kind], "stopped_at": stopped.get(kind)}
        for kind in STOPPABLE
    ]
    return render(request, "mail/mine.html", {"kinds": kinds})


def _switched(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind")
    if kind not in STOPPABLE:
        raise Http404
    label = Kind(kind).label
    if request.POST.get("do") == "allow":
        stops.allow(request.user, kind)
        messages.success(request, _("You get mail about %s again.") % label)
    else:
        stops.stop(request.user, kind, at=clock.of(request))
        messages.success(request, _("You get no more mail about %s.") % label)
    return redirect("mail:mine")


# A mail program sends the form for its reader (RFC 8058): it has no cookie, the address is signed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first: mail scanners open links. Sent as a form it stops, or allows again."""
    meant = stops.read(token)
    if meant is None:
        raise Http404
    context = {"kind": Kind(meant.kind), "example": EXAMPLES[Kind(meant.kind)]}
    if request.method != "POST":
        return render(request, "mail/stop.html", context)
    allows = request.POST.get("do") == "allow"
    # Of an account that is gone nothing is left to stop: its reader is told the same.
    if meant.reader and allows:
        stops.allow(meant.reader, meant.kind)
    elif meant.reader:
        stops.stop(meant.reader, meant.kind, at=clock.of(request))
    return render(request, "mail/stopped.html", context | {"allows": allows})
