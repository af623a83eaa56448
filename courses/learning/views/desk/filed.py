"""A learner's file of answers, loaded by a trainer: looked at first, then kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses.catalogue.models import Course
from courses.learning import answers_file as files
from courses.learning.desk_forms import AnswersFileForm
from courses.learning.services.filed_answers import keep_filed
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def answers_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; sent, it is shown what loading it would add. Nothing is written."""
    course = course_of(request, slug)
    is_sent = request.method == "POST"
    form = AnswersFileForm(request.POST, request.FILES) if is_sent else AnswersFileForm()
    context = {"course": course, "form": form}
    if is_sent and form.is_valid():
        try:
            context |= _look(course, form.cleaned_data["file"])
        except files.NotThatFile as refusal:
            form.add_error("file", str(refusal))
    status = 400 if form.errors else 200
    return render(request, "courses/desk/answers_file.html", context, status=status)


def _look(course: Course, raw: bytes) -> dict[str, object]:
    file = files.read(raw)
    attempt = files.attempt_of(course, file)
    lines = files.lines(attempt, file)
    return {
        "attempt": attempt,
        "file": file,
        "lines": lines,
        "added": sum(line.is_added for line in lines),
        "content": raw.decode(),
    }


@require_POST
def keep_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was shown, for the trainer to decide on. The whole file is checked again."""
    course = course_of(request, slug)
    file = files.read(request.POST.get("content", "").encode())
    attempt = files.attempt_of(course, file)
    count = keep_filed(attempt, file, by=request.user, at=clock.of(request))
    if not count:
        messages.info(request, _("Nothing was new in this file: everything in it is here already."))
    else:
        text = ngettext(
            "%(n)s answer is kept beside what stands. Decide on it here.",
            "%(n)s answers are kept beside what stands. Decide on them here.",
            count,
        )
        messages.success(request, text % {"n": count})
    return redirect("courses:desk-late", slug)
