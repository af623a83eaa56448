"""The texts that a lesson had: who, when, what differs, and back to any of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.authoring import comparing
from courses.authoring.models import LessonSave
from courses.authoring.services import saving
from courses.authoring.views.doors import about, lesson_or_404
from partnership.lib import clock
from partnership.lib.paging import page_of

SIZE = 30


@require_safe
def history(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """Every text that was saved, the newest first, and two of them side by side."""
    row = lesson_or_404(request, slug, lesson)
    saves = row.saves.select_related("by").defer("text").order_by("-number")
    page = page_of(saves, request, size=SIZE)
    shown = list(page.object_list)
    pair = [_asked(request, name) for name in ("from", "to")]
    if None in pair:
        pair = [one.number for one in reversed(shown[:2])] if len(shown) > 1 else []
    found = {one.number: one for one in row.saves.filter(number__in=pair).select_related("by")}
    if len(found) < len(set(pair)):
        raise Http404
    both = [found[number] for number in pair]
    context = about(
        row.edition,
        lesson=row,
        page=page,
        saves=shown,
        both=both,
        rows=comparing.compare(both[0].text, both[1].text) if both else [],
        pair=pair,
        newest=_newest(row),
    )
    return render(request, "courses/authoring/history.html", context)


def _newest(row) -> int:
    stands = row.saves.filter(state=LessonSave.State.STANDS)
    return stands.values_list("number", flat=True).first() or 0


def _asked(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


@require_POST
def restore(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    row = lesson_or_404(request, slug, lesson)
    saving.restore(row, _number(request), by=request.user, at=clock.of(request))
    messages.success(request, _("Restored. What stood before is in the history."))
    return redirect("courses:draft-lesson", slug, lesson)


@require_POST
def choose(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """Which of two texts stands. The other one stays in the history."""
    row = lesson_or_404(request, slug, lesson)
    take = request.POST.get("take") == "yes"
    saving.choose(row, _number(request), take=take, by=request.user, at=clock.of(request))
    messages.success(request, _("Decided. The other text is in the history."))
    return redirect("courses:draft-lesson", slug, lesson)


def _number(request: HttpRequest) -> int:
    value = request.POST.get("number", "")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Http404
    return int(value)
