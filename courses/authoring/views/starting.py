"""A course begins; the next draft is opened; what the course's page says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.authoring.forms import AboutForm, CourseForm
from courses.authoring.refusals import CodeTaken
from courses.authoring.services.starting import describe, start_course
from courses.authoring.views.doors import about, draft_or_404
from courses.learning.views.desk.doors import course_of
from courses.quizzes.services import DraftExists, open_draft
from partnership.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """Whoever starts a course is its trainer, and its first edition is an empty draft."""
    form = CourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = start_course(form.plan, by=request.user, at=clock.of(request))
            return redirect("courses:draft", draft.course.slug)
        except CodeTaken as refusal:
            form.add_error("code", str(refusal))
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/new_course.html", {"form": form}, status=status)


@require_POST
def open_next(request: HttpRequest, slug: str) -> HttpResponse:
    """The next edition as a copy of the last one. Who presses twice finds the same draft."""
    course = course_of(request, slug)
    try:
        draft = open_draft(course, at=clock.of(request), by=request.user)
        told = {"number": draft.number}
        messages.success(request, _("The draft of edition %(number)s is open.") % told)
    except DraftExists:
        pass
    return redirect("courses:draft", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def describe_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Title, outcomes, who it is for: what somebody reads before they join."""
    draft = draft_or_404(request, slug)
    form = AboutForm.of(draft, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        describe(draft, form.cleaned_data, by=request.user, at=clock.of(request))
        messages.success(request, _("Saved."))
        return redirect("courses:draft", slug)
    status = 400 if form.errors else 200
    context = about(draft, form=form)
    return render(request, "courses/authoring/about.html", context, status=status)
