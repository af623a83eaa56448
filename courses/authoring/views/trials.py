"""A quiz of the draft, tried by its writer or by whoever has the link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from courses.authoring import trials
from courses.authoring.views.doors import about
from courses.authoring.views.publishing import hidden, opened_draft
from courses.learning.posted import language_of


@require_http_methods(["GET", "HEAD", "POST"])
def shared_quiz(request: HttpRequest, token: str, quiz: str) -> HttpResponse:
    """The questions as learners see them; sent, they come back graded. Nothing is written."""
    draft, opened = opened_draft(request, token)
    found = draft.quizzes.filter(slug=quiz).first()
    if found is None:
        raise Http404
    rows = trials.asked_in(found)
    trial = trials.begun(rows)
    is_handed_in = request.method == "POST" and bool(rows)
    if is_handed_in:
        trial = trials.handed_in(found, rows, request.POST, language=language_of(request))
    context = about(
        draft,
        token=token,
        opened=opened,
        quiz=found,
        trial=trial,
        is_handed_in=is_handed_in,
        quotas=found.groups.filter(quota__isnull=False).exists(),
    )
    return hidden(render(request, "courses/authoring/trial.html", context))
