"""Lessons from a document: sent, looked at, taken in, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.authoring import previews
from courses.authoring.parcels import exporting, plans, sentences, services
from courses.authoring.parcels.forms import SendForm
from courses.authoring.parcels.models import CourseParcel
from courses.authoring.views.doors import about, draft_or_404
from courses.catalogue.models import Edition
from courses.learning.views.desk.doors import course_of, note_export
from courses.quizzes.exchange.markup import escaped
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.paging import page_of

SIZE = 30


def _one(request: HttpRequest, slug: str, uuid: UUID) -> tuple[Edition, CourseParcel]:
    draft = draft_or_404(request, slug)
    rows = CourseParcel.objects.select_related("job", "course")
    return draft, get_object_or_404(rows, course=draft.course_id, uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def parcels(request: HttpRequest, slug: str) -> HttpResponse:
    """What was sent for this course, the newest first, and the form that sends."""
    draft, is_sent = draft_or_404(request, slug), request.method == "POST"
    form = SendForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = services.send(
                draft.course, file, file.name, by=request.user, at=clock.of(request)
            )
            return redirect("courses:parcel", slug, one.uuid)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    rows = CourseParcel.objects.filter(course=draft.course_id).defer(
        "plan", "pictures", "whole", "problems"
    )
    context = about(draft, form=form, page=page_of(rows, request, size=SIZE))
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/parcels/list.html", context, status=status)


@require_safe
def parcel(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Where a document stands: being read, or the lessons that would come of it."""
    draft, one = _one(request, slug, uuid)
    modules = plans.unpacked(one.plan)
    lessons = [lesson for module in modules for lesson in module.lessons]
    for number, lesson in enumerate(lessons, start=1):
        lesson.number = number
    earlier = CourseParcel.objects.filter(
        course=one.course_id, fingerprint=one.fingerprint, state=CourseParcel.State.DONE
    )
    context = about(
        draft,
        one=one,
        job=one.job,
        at=clock.of(request),
        modules=modules,
        lessons=len(lessons),
        minutes=sum(lesson.minutes for lesson in lessons),
        pictures=len([kept for kept in one.pictures if kept]),
        problems=[(told.get("where", ""), sentences.told(told)) for told in one.problems],
        earlier=earlier.exclude(pk=one.pk).first(),
        questions=len(one.whole["questions"]) if one.whole else 0,
        describes=bool(one.whole) and not draft.modules.exists(),
        shown=_shown(request, draft, one, lessons),
    )
    return render(request, "courses/authoring/parcels/one.html", context)


def _instead(pictures: list[dict[str, Any]], number: int) -> str:
    """What stands for a picture that is on no shelf yet; nothing of what is left out."""
    kept = pictures[number] if number < len(pictures) else {}
    told = f"{_('Picture')}: {kept['alt']}" if kept.get("alt") else _("Picture")
    return escaped(f"[{told}]") if kept else ""


def _shown(
    request: HttpRequest, draft: Edition, one: CourseParcel, lessons: list[plans.Lesson]
) -> Any:
    """The lesson that is asked for by its number, as its page would have it."""
    asked = request.GET.get("lesson", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    if not 1 <= number <= len(lessons):
        return None
    lesson = lessons[number - 1]
    text = plans.PICTURE.sub(lambda mark: _instead(one.pictures, int(mark[1])), lesson.text)
    html = previews.shown(text, language=draft.language)
    return {"number": number, "title": lesson.title, "html": html}


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole course as one ZIP: the draft, or the edition that is asked for by its number."""
    course = course_of(request, slug)
    asked = request.GET.get("edition", "")
    rows = course.editions.order_by("-number")
    if asked:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
        rows = rows.filter(number=number)
    edition = get_object_or_404(rows[:1])
    content = exporting.exported(edition)
    note_export(request, "course", 1, course=course.slug)
    response = HttpResponse(content, content_type="application/zip")
    name = f"{course.slug}-{edition.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def take_in(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Write what the list shows."""
    draft, one = _one(request, slug, uuid)
    try:
        count = services.take_in(one, draft, by=request.user, at=clock.of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:parcel", slug, uuid)
    told = ngettext("%(n)s lesson was taken in.", "%(n)s lessons were taken in.", count)
    messages.success(request, told % {"n": count})
    return redirect("courses:parcel", slug, uuid)


@require_POST
def take_back(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Out of the draft with what came of it. The outline keeps it, to be put back."""
    draft, one = _one(request, slug, uuid)
    services.take_back(one, draft, by=request.user, at=clock.of(request))
    messages.success(request, _("Taken back. The outline can put each module in again."))
    return redirect("courses:draft", slug)
