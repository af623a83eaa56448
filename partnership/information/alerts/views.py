"""What I follow: a page of the account, and the buttons of other pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnership.information.alerts import queries, services
from partnership.information.alerts.forms import RhythmForm
from partnership.information.alerts.news import KINDS
from partnership.information.models import Alert, Digest
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.forms import saved

LONGEST = 12


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """All that I follow, and how often the one mail about it comes."""
    digest = Digest.objects.filter(person=request.user.pk).first()
    rhythm = digest.rhythm if digest else Digest.Rhythm.WEEKLY
    form = RhythmForm(
        request.POST if request.method == "POST" else None, initial={"rhythm": rhythm}
    )

    def choose() -> None:
        services.choose(request.user, form.cleaned_data["rhythm"], at=clock.of(request))

    if form.is_valid() and saved(request, form, choose):
        return redirect("alerts:mine")
    context = {
        "form": form,
        "rows": queries.mine(request.user),
        "is_stopped": queries.is_stopped(request.user),
        "next_at": queries.local(digest.next_at, digest.zone) if digest else None,
        "zone": digest.zone if digest else "",
    }
    return render(request, "information/alerts/mine.html", context)


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """From the button of a page, and back to that page."""
    sent = request.POST
    kind, key = sent.get("kind", ""), sent.get("key", "")
    narrowed, texts = sent.get("narrowed", ""), sent.get("texts", "")
    if kind not in Alert.Kind or not _is_offered(kind, narrowed, texts):
        raise Http404
    at = clock.of(request)
    try:
        alert = services.follow(request.user, kind, key, at=at, narrowed=narrowed, texts=texts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("alerts:mine")
    return _back(request, alert, _("You follow it from now on."))


def _is_offered(kind: str, narrowed: str, texts: str) -> bool:
    if kind != Alert.Kind.SEARCH:
        return not (narrowed or texts)
    return narrowed in ("", *KINDS) and len(texts) <= LONGEST


@require_POST
def unfollow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From the button of a page, or from the list."""
    alert = get_object_or_404(Alert.objects.of(request.user), uuid=uuid)
    services.unfollow(alert)
    told = _("You do not follow it any more.")
    if request.POST.get("back") != "list":
        return _back(request, alert, told)
    messages.success(request, told)
    return redirect("alerts:mine")


def _back(request: HttpRequest, alert: Alert, told: str) -> HttpResponse:
    messages.success(request, told)
    thing = queries.thing_of(alert, queries.things([alert]))
    return redirect(thing.address if thing else "alerts:mine")
