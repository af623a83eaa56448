"""The questions of a quiz of the draft: groups, quotas, order."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.authoring.bank import quality, queries
from courses.authoring.bank.forms import QuizLinesForm
from courses.authoring.bank.services import quizzes
from courses.authoring.previews import link_of
from courses.learning.views.desk.doors import course_of
from courses.quizzes.models import Quiz
from partnership.lib import clock
from partnership.lib.errors import Refusal

FORM = ("GET", "HEAD", "POST")
FOUND = 20


@require_http_methods(FORM)
def draft_quiz(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """A quiz of the draft. Every button is a small form that comes back to this page."""
    course = course_of(request, slug)
    found = queries.draft_quiz(course, quiz)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            anchor = _done(request, found)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            anchor = ""
        return redirect(f"{request.get_full_path()}{anchor}")
    words = request.GET.get("q", "").strip()[:100]
    groups = queries.groups(found)
    candidates = list(queries.candidates(found, groups, words)[: FOUND + 1])
    context = {
        "course": course,
        "quiz": found,
        "groups": groups,
        "q": words,
        "candidates": candidates[:FOUND],
        "token": link_of(found.edition, clock.of(request)),
        "advice": quality.of_quiz([one.item for group in groups for one in group.lines]),
        "has_more": len(candidates) > FOUND,
    }
    return render(request, "courses/authoring/bank/draft_quiz.html", context)


def _done(request: HttpRequest, quiz: Quiz) -> str:
    """Do what a button says: a verb and what it is done to. Returns where the page goes on."""
    verb, _colon, what = request.POST.get("do", "").partition(":")
    by, at = request.user, clock.of(request)
    verbs: dict[str, Callable[[], object]] = {
        "up": lambda: quizzes.move(quiz, what, -1),
        "down": lambda: quizzes.move(quiz, what, 1),
        "out": lambda: quizzes.take_out(quiz, what, by=by, at=at),
        "renew": lambda: quizzes.renew(quiz, what, by=by, at=at),
        "in": lambda: quizzes.put_in(
            quiz, request.POST.getlist("question")[:FOUND], group=_number(request), by=by, at=at
        ),
        "add-group": lambda: quizzes.add_group(quiz),
        "say-group": lambda: _say_group(request, quiz, int(what)),
        "drop-group": lambda: quizzes.drop_group(quiz, int(what), by=by, at=at),
    }
    needs_number = verb in ("say-group", "drop-group")
    if verb not in verbs or (needs_number and not _is_number(what)):
        raise Http404
    verbs[verb]()
    return f"#q-{what}" if verb in ("up", "down", "renew") else "#questions"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _number(request: HttpRequest) -> int | None:
    asked = request.POST.get("group", "")
    return int(asked) if _is_number(asked) else None


def _say_group(request: HttpRequest, quiz: Quiz, position: int) -> None:
    form = QuizLinesForm(request.POST)
    if not form.is_valid():
        told = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(told))
        return
    wanted = form.cleaned_data
    quizzes.say_group(
        quiz,
        position,
        title=wanted["title"],
        quota=wanted["quota"],
        by=request.user,
        at=clock.of(request),
    )
