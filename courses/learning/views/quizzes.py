"""A quiz before it is taken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from courses.catalogue.translations import Told
from courses.learning import doors, sittings
from courses.learning.services.allowances import ask_for_attempt
from courses.learning.services.attempts import WaitFirst, settle, start_attempt
from partnership.lib import clock
from partnership.lib.languages import of_texts


@require_safe
def quiz(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """What it is, how often and how long, earlier attempts, and one button."""
    at = clock.of(request)
    enrolment = sittings.enrolment_in(slug, request.user)
    found = get_object_or_404(sittings.quizzes_of(slug, enrolment), slug=quiz)
    where = sittings.standing(enrolment, found, at=at) if enrolment else None
    if where and where.open_attempt and not settle(where.open_attempt, at=at).is_open:
        where = sittings.standing(enrolment, found, at=at)
    extra = where.may.extra_minutes if where else 0
    context = {
        "quiz": found,
        "told": Told(found.edition.language, of_texts(request)),
        "course": found.edition.course,
        "is_joined": enrolment is not None,
        "where": where,
        "question_count": sittings.question_count(found),
        "minutes": (found.time_limit_minutes or 0) + extra,
        "extra": extra,
    }
    return render(request, "courses/learning/quiz.html", context)


@require_POST
def start(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """Begin, or go on where an open attempt was left."""
    enrolment, found = doors.quiz_to_take(request.user, slug, quiz)
    try:
        attempt = start_attempt(enrolment, found, at=clock.of(request))
    except WaitFirst:
        return redirect(found)
    return redirect(attempt)


@require_POST
def ask_attempt(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    enrolment, found = doors.quiz_to_take(request.user, slug, quiz)
    ask_for_attempt(enrolment, found, at=clock.of(request))
    return redirect(found)
