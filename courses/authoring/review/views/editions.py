"""What is published: its editions, corrections of spelling, withdrawing, running again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.authoring import comparing
from courses.authoring.review.changed import changed_since
from courses.authoring.review.forms import CorrectionForm, WithdrawForm
from courses.authoring.review.services import correcting, withdrawing
from courses.catalogue.models import Course, Edition, LessonRevision
from courses.learning.views.desk.doors import course_of
from courses.quizzes.services import open_draft
from partnership.lib import clock
from partnership.lib.errors import Refusal

MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Each edition with who learns from it; the course as a whole is withdrawn here."""
    course = course_of(request, slug)
    if request.method == "POST":
        given = {"by": request.user, "at": clock.of(request)}
        act = withdrawing.reopen if "reopen" in request.POST else withdrawing.retire
        _told(request, lambda: act(course, **given))
        return redirect("courses:editions", slug)
    running = Q(enrolments__left_at__isnull=True)
    middle = running & Q(enrolments__completed_at__isnull=True)
    rows = course.editions.published().annotate(
        learners=Count("enrolments", filter=running),
        in_the_middle=Count("enrolments", filter=middle),
    )
    context = {"course": course, "editions": rows.order_by("-number")}
    return render(request, "courses/authoring/review/editions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition: its lessons, what changed since it came out, and the acts upon it."""
    found = _edition(course_of(request, slug), number)
    form = WithdrawForm()
    if request.method == "POST":
        form = WithdrawForm(request.POST if request.POST.get("act") == "withdraw" else None)
        if not form.is_bound or form.is_valid():
            return _acted(request, found, form)
    corrected = correcting.revisions(found)
    lessons = list(found.lessons.defer("text", "html").order_by("module__position", "position"))
    for row in lessons:
        row.corrections = corrected.get(row.pk, 0)
    context = {
        "course": found.course,
        "edition": found,
        "lessons": lessons,
        "changed": changed_since(found),
        "form": form,
        "has_draft": found.course.editions.filter(published_at__isnull=True).exists(),
    }
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/review/edition.html", context, status=status)


def _acted(request: HttpRequest, found: Edition, form: WithdrawForm) -> HttpResponse:
    given = {"by": request.user, "at": clock.of(request)}
    slug = found.course.slug
    match request.POST.get("act"):
        case "withdraw":
            because = form.cleaned_data["because"]
            _told(request, lambda: withdrawing.withdraw(found, because=because, **given))
        case "bring-back":
            _told(request, lambda: withdrawing.bring_back(found, **given))
        case "run-again":
            if _told(request, lambda: open_draft(found.course, source=found, **given)):
                return redirect("courses:draft-about", slug)
        case _:
            raise Http404
    return redirect("courses:edition", slug, found.number)


def _told(request: HttpRequest, act: Any) -> bool:
    """Whether it was done; else the next page says why not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Done."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def correct_lesson(request: HttpRequest, slug: str, number: int, lesson: str) -> HttpResponse:
    """The text as it stands, to put its spelling right, and each correction before it."""
    found = _edition(course_of(request, slug), number)
    row = found.lessons.filter(slug=lesson).first()
    if row is None:
        raise Http404
    row.edition = found
    seen = {"text": row.text, "saw": correcting.seal_of(row.text)}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=seen)
    if request.method == "POST" and form.is_valid():
        try:
            sent = correcting.Correction(**form.cleaned_data)
            done = correcting.correct(row, sent, by=request.user, at=clock.of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            row.refresh_from_db()
        else:
            sentence = _("Corrected, in the open draft too.") if done.in_draft else _("Corrected.")
            messages.success(request, sentence)
            return redirect("courses:correct-lesson", slug, number, lesson)
    context = {
        "course": found.course,
        "edition": found,
        "lesson": row,
        "form": form,
        "revisions": _compared(row),
    }
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/review/correct.html", context, status=status)


def _compared(row: Any) -> list[LessonRevision]:
    """The corrections, the newest first, each with what stood before and after."""
    revisions = list(row.revisions.select_related("by").order_by("-at", "-pk")[:MOST_SHOWN])
    after = row.text
    for one in revisions:
        one.rows = comparing.compare(one.before, after)
        after = one.before
    return revisions


def _edition(course: Course, number: int) -> Edition:
    """A published one; a draft has pages of its own."""
    found = course.editions.published().filter(number=number).first()
    if found is None:
        raise Http404
    found.course = course
    return found
