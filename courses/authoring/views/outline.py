"""The outline of a draft on one screen, and every act upon it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.authoring import parts, queries
from courses.authoring.drafts import draft_of
from courses.authoring.forms import PartForm
from courses.authoring.review.views.told import reviewed
from courses.authoring.services import outline, removing
from courses.authoring.views.doors import about, draft_or_404
from courses.catalogue.models import Edition
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse

MOST_REMOVED = 50


@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """All parts with their figures. Without a draft: how to open one."""
    course = course_of(request, slug)
    found = draft_of(course)
    if found is None:
        last = course.editions.order_by("-number").first()
        return render(
            request, "courses/authoring/no_draft.html", {"course": course, "edition": last}
        )
    chapters = queries.outline(found, clock.of(request))
    removed = found.removed.select_related("by").defer("rows")[:MOST_REMOVED]
    context = about(
        found,
        chapters=chapters,
        removed=list(removed),
        at=request.GET.get("at", ""),
        modules=[chapter.line for chapter in chapters if chapter.line],
        minutes=sum(chapter.minutes for chapter in chapters),
        words=sum(chapter.words for chapter in chapters),
        lessons=_count(chapters, "lesson"),
        quizzes=_count(chapters, "quiz"),
        **reviewed(found, chapters),
    )
    return render(request, "courses/authoring/draft.html", context)


def _count(chapters: list[queries.Chapter], kind: str) -> int:
    return sum(line.kind == kind for chapter in chapters for line in chapter.lines)


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """One act, then the outline again, at the part that it was done to."""
    found = draft_or_404(request, slug)
    posted = request.POST.copy()
    # A button says its act and its part in one word.
    if do := posted.get("do"):
        posted["act"], _colon, posted["part"] = do.partition(" ")
    asked = cleaned_or_refuse(PartForm(posted))
    try:
        name = ACTS.get(asked["act"], _unknown)(request, found, asked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        name = ""
    place = f"#{name.replace(':', '-')}" if name else ""
    return redirect(f"{reverse('courses:draft', args=[slug])}{place}")


def _unknown(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    messages.error(request, _("There is no such act."))
    return ""


def _add(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    row = outline.add(
        draft,
        asked["kind"],
        asked["title"],
        module=asked["module"],
        by=request.user,
        at=clock.of(request),
    )
    return parts.name_of(row)


def _change(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    """The panel of a part: its title, its minutes, the module that it is in."""
    name = asked["part"]
    row = parts.part_of(draft, name)
    if asked["title"] and asked["title"] != row.title:
        outline.rename(draft, name, asked["title"], by=request.user, at=clock.of(request))
    if asked["minutes"] and asked["minutes"] != getattr(row, "minutes", None):
        outline.set_minutes(draft, name, asked["minutes"])
    inside = getattr(getattr(row, "module", None), "key", "")
    if "module" in request.POST and asked["module"] != inside:
        outline.place(draft, name, module=asked["module"])
    return name


def _move(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    outline.move(draft, asked["part"], asked["act"])
    return asked["part"]


def _place(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    outline.place(draft, asked["part"], module=asked["module"], before=asked["before"])
    return asked["part"]


def _copy(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    row = outline.copy(draft, asked["part"], by=request.user, at=clock.of(request))
    messages.success(request, _("Copied as “%(title)s”.") % {"title": row.title})
    return parts.name_of(row)


def _remove(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    kept = removing.remove(draft, asked["part"], by=request.user, at=clock.of(request))
    told = {"title": kept.title}
    messages.success(request, _("“%(title)s” is removed. It can be put back below.") % told)
    return "removed"


def _put_back(request: HttpRequest, draft: Edition, asked: dict[str, Any]) -> str:
    kept = removing.put_back(draft, asked["removed"] or 0, by=request.user, at=clock.of(request))
    messages.success(request, _("“%(title)s” is back.") % {"title": kept.title})
    return f"{kept.kind}:{kept.key}"


ACTS = {
    "add": _add,
    "change": _change,
    "up": _move,
    "down": _move,
    "previous": _move,
    "next": _move,
    "place": _place,
    "copy": _copy,
    "remove": _remove,
    "put-back": _put_back,
}
