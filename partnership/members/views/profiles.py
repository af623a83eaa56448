"""A delegation's own page: its draft, and the queue of those who publish it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.paging import page_of
from partnership.members.delegations import delegation_of
from partnership.members.desk_forms import ProfileForm
from partnership.members.models import ProfileRevision
from partnership.members.services import profiles as services
from partnership.members.views import doors

WORDS = ("text", "contact", "website")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The draft, beside what everybody reads now."""
    place = doors.delegation_of(request, kind, key)
    rows = doors.own(request, ProfileRevision.objects.all(), place)
    draft = rows.drafts().first()
    shown = rows.published().order_by("-published_at", "-pk").first()
    is_sent = request.method == "POST"
    form = ProfileForm(request.POST if is_sent else None, initial=_initial(draft, shown))
    if is_sent and form.is_valid() and _saved(request, form, place):
        return redirect("members:profile", kind, key)
    context = {
        **doors.frame(request, place, "profile"),
        "form": form,
        "draft": draft,
        "shown": shown,
    }
    return render(request, "members/desk/profile.html", context)


def _initial(draft: Any, shown: Any) -> dict[str, Any]:
    """The draft as it is, or what is published as the beginning of one."""
    source = draft or shown
    words = {name: getattr(source, name) for name in WORDS} if source else {}
    return {**words, "seen": draft.revision if draft else 0}


def _saved(request: HttpRequest, form: Any, place: Any) -> bool:
    typed, hands_in = form.cleaned_data, request.POST.get("do") == "hand_in"
    try:
        services.save_draft(
            place,
            typed,
            hands_in=hands_in,
            seen=typed["seen"],
            by=request.user,
            at=clock.of(request),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    told = _("The draft is saved.")
    if hands_in:
        told = _("The draft is with the secretariat, which publishes it.")
    messages.success(request, told)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Drafts that were handed in, with what is published now."""
    rows = ProfileRevision.objects.of(request.user, on=doors.today(request), sees_all=True)
    handed_in = rows.drafts().filter(submitted_at__isnull=False)
    if request.method == "POST":
        _decide(request, handed_in)
        return redirect("members:desk-profiles")
    waiting = handed_in.select_related("country", "institution", "edited_by")
    page = page_of(waiting.order_by("submitted_at", "pk"), request, size=doors.SIZE)
    drafts = list(page.object_list)
    published = _published(rows, drafts)
    for row in drafts:
        row.delegation = delegation_of(row)
        row.before = published.get(row.delegation.handle)
    return render(request, "members/desk/profiles.html", {"page": page, "rows": drafts})


def _published(rows: Any, drafts: list[Any]) -> dict[str, Any]:
    """The newest published text of each delegation of a page, in one query."""
    of_countries = rows.published().filter(
        country__in=[row.country_id for row in drafts if row.country_id]
    )
    keys = [row.institution_id for row in drafts if row.institution_id]
    found = of_countries | rows.published().filter(institution__in=keys)
    found = found.select_related("country", "institution").order_by("published_at", "pk")
    return {delegation_of(row).handle: row for row in found}


def _decide(request: HttpRequest, rows: Any) -> None:
    typed = request.POST.get("row", "")
    draft = rows.filter(pk=typed).first() if typed.isascii() and typed.isdigit() else None
    if draft is None:
        raise Http404
    at, seen = clock.of(request), request.POST.get("seen", "")
    if request.POST.get("do") == "return":
        note = request.POST.get("note", "").strip()
        services.return_profile(draft, note=note, by=request.user, at=at)
        messages.success(request, _("The draft of %s is back with the delegation.") % draft.place)
        return
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    services.publish_profile(draft, seen=number, by=request.user, at=at)
    messages.success(request, _("The profile of %s is published.") % draft.place)
