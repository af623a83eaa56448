"""A self-check of a lesson, answered: told in the lesson's page at once, and not kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.learning import doors, posted, self_checks
from courses.learning.views.reading import about_lesson


@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The lesson with what was right and wrong, or the one question that a script asks for."""
    if request.method != "POST":
        return redirect("courses:lesson", slug, lesson)
    found = doors.course(request.user, slug)
    about = about_lesson(request, found, lesson)
    if about is None:
        raise Http404
    row = about["lesson"]
    asked = self_checks.of_lesson(row, course_id=found.edition.course_id)
    checks = self_checks.answered(asked, request.POST, language=posted.language_of(request))
    if "part" not in request.POST:
        context = {**about, "checks": checks}
        return render(request, "courses/lesson.html", context)
    wanted = request.POST.get("check")
    check = next((one for one in checks if one.screen.question.token == wanted), None)
    if check is None:
        raise Http404
    context = {"check": check, "course": found.edition.course, "lesson": row}
    return render(request, "courses/learning/_self_check.html", context)
