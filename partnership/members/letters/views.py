"""Letters on the desk: all there are, one to be written, one as it will go and as it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.paging import page_of
from partnership.members.circles import Circle, names, open_to
from partnership.members.letters import services
from partnership.members.letters.forms import FilterForm, LetterForm
from partnership.members.letters.groups import group_of
from partnership.members.letters.queries import outcomes
from partnership.members.letters.refusals import GroupChanged, NobodyMeant
from partnership.members.letters.showing import described, named, shown_versions
from partnership.members.letters.working import mail_to
from partnership.members.models import Letter, ReplyDesk
from partnership.members.views.doors import SIZE, sees_all, today

# The mail is shown inside a page of ours, and may do nothing there.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


def _letters(request: HttpRequest) -> Any:
    rows = Letter.objects.of(request.user, on=today(request), sees_all=sees_all(request))
    return rows.select_related("desk", "by")


def _letter(request: HttpRequest, uuid: UUID) -> Letter:
    """One to a circle of this person. Another does not exist here."""
    return get_object_or_404(_letters(request), uuid=uuid)


def _circles(request: HttpRequest) -> list[Circle]:
    return open_to(request.user, today(request))


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Drafts, letters on their way and letters that went, newest first."""
    page = page_of(_letters(request).prefetch_related("texts"), request, size=SIZE)
    rows, circles = list(page.object_list), _circles(request)
    found, to = outcomes(rows), names(row.circle for row in rows)
    for row in rows:
        described(row, circles, to)
        row.outcome = found[row.pk]
    context = {"page": page, "rows": rows, "circles": circles}
    return render(request, "members/letters/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A letter to one of the circles that are open to this person; of several, asks to which."""
    circles = _circles(request)
    asked = request.GET.get("to", circles[0].handle if len(circles) == 1 else "")
    circle = next((one for one in circles if one.handle == asked), None)
    if circle is None and (asked or request.method == "POST"):
        raise Http404
    if circle is None:
        return render(request, "members/letters/choose.html", {"circles": circles})
    return _written(request, circle, None)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a draft."""
    letter = _letter(request, uuid)
    circle = next((one for one in _circles(request) if one.handle == letter.circle), None)
    if circle is None or not letter.is_draft:
        return redirect(letter)
    return _written(request, circle, letter)


def _written(request: HttpRequest, circle: Circle, letter: Letter | None) -> HttpResponse:
    """The forms of a letter; saved, the way leads on to who gets it and how it looks."""
    is_sent = request.method == "POST"
    form = LetterForm(request.POST if is_sent else None, handle=circle.handle, letter=letter)
    kept = letter.wanted if letter else None
    whom = FilterForm(request.POST if is_sent else kept, handle=circle.handle)
    if is_sent and form.is_valid() & whom.is_valid():
        return redirect(_saved(request, circle, letter, form, whom))
    context = {
        "circle": circle,
        "letter": letter,
        "form": form,
        "versions": list(form.versions()),
        "whom": whom,
        "places": whom.places(),
        "has_desks": ReplyDesk.objects.filter(is_open=True).exists() or letter is not None,
    }
    return render(request, "members/letters/write.html", context)


def _saved(
    request: HttpRequest, circle: Circle, letter: Letter | None, form: LetterForm, whom: FilterForm
) -> Letter:
    typed, at = form.cleaned_data, clock.of(request)
    written = services.Written(
        form.texts(),
        typed["language"],
        typed["desk"],
        whom.typed(),
        is_service=typed.get("is_service", False),
        reason=typed.get("reason", "").strip(),
    )
    if letter is None:
        return services.begin(circle.handle, written, by=request.user, at=at)
    services.change(letter, written, by=request.user, at=at)
    return letter


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft as it will go and to whom; a letter that went, with what came of it."""
    letter = _letter(request, uuid)
    refusal = None
    if request.method == "POST":
        try:
            return _done(request, letter)
        except (GroupChanged, NobodyMeant) as found:
            refusal = found
    described(letter, _circles(request), names([letter.circle]))
    context = {"letter": letter, "versions": shown_versions(letter), "refusal": refusal}
    if letter.is_draft:
        context |= _to_be_sent(request, letter)
    else:
        jobs = Job.objects.live().filter(kind=services.JOB, key=str(letter.uuid))
        context |= {"outcome": outcomes([letter])[letter.pk], "has_worker": jobs.exists()}
    return render(request, "members/letters/one.html", context)


def _to_be_sent(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """Who would get it now, and in which language."""
    group = group_of(letter, request.user, today(request)) if letter.is_mine else None
    return {"group": group, **(named(letter, group, today(request)) if group else {})}


def _done(request: HttpRequest, letter: Letter) -> HttpResponse:
    by, at = request.user, clock.of(request)
    match request.POST.get("do"):
        case "send":
            services.send(letter, request.POST.get("seal", ""), by=by, at=at)
            messages.success(request, _("The letter is on its way. This page tells how far it is."))
        case "cancel":
            services.cancel(letter, by=by, at=at)
            messages.success(request, _("Whoever had no mail by now gets none."))
        case "go-on":
            services.go_on(letter, by=by, at=at)
            messages.success(request, _("A worker goes on with it."))
        case "discard":
            services.discard(letter, by=by, at=at)
            messages.success(request, _("The draft is thrown away."))
            return redirect("letters:list")
        case _:
            raise Http404
    return redirect(letter)


@require_safe
def preview(request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
    """The mail as mail programs show it, addressed to whoever looks; kept apart from our pages."""
    letter = _letter(request, uuid)
    text = get_object_or_404(letter.texts, language=language)
    message = mail_to(letter, request.user, text, clock.of(request))
    response = HttpResponse(message.html)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
