"""A part of a draft before its reader, with what is said of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.authoring import previews
from courses.authoring.queries import number_of
from courses.authoring.review import queries
from courses.authoring.review.forms import ActForm
from courses.authoring.review.services import commenting
from courses.authoring.review.views.doors import Reading, about_reading, keeps_words, reading_or_404
from courses.catalogue.models import Edition
from courses.catalogue.weights import page_kb
from courses.learning import pictures
from courses.quizzes.models import QuizGroup
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def lesson(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """A lesson as its learners will see it, and its comments."""
    found = reading_or_404(request, slug)
    rows = list(found.draft.lessons.defer("text", "html").order_by("module__position", "position"))
    at = next((n for n, row in enumerate(rows) if row.slug == lesson), None)
    if at is None:
        raise Http404
    row = found.draft.lessons.select_related("module").get(pk=rows[at].pk)
    number = number_of(row)
    context = {
        "lesson": row,
        "number": number,
        "kb": page_kb(len(row.html)),
        "text": previews.shown(
            "",
            html=row.html,
            language=found.draft.language,
            choice=pictures.choice(request),
        ),
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
    }
    return answered(request, found, f"lesson:{row.key}", "lesson", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def quiz(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """The questions of a quiz with their answers, and its comments."""
    found = reading_or_404(request, slug)
    row = found.draft.quizzes.select_related("module").filter(slug=quiz).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    groups = QuizGroup.objects.filter(quiz=row).order_by("position")
    groups = groups.prefetch_related(
        "questions__version__question",
        "questions__version__case",
        "questions__version__options",
        "questions__version__key__option",
        "questions__version__key__match",
    )
    return answered(request, found, f"quiz:{row.key}", "quiz", {"quiz": row, "groups": groups})


def answered(
    request: HttpRequest, found: Reading, part: str, name: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a part. What could not be kept stands in its field again."""
    kept: dict[str, Any] = {}
    if request.method == "POST":
        asked = cleaned_or_refuse(ActForm(request.POST))
        try:
            act(request, found.draft, part, asked)
            return redirect(f"{request.path}#comments")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            kept = asked
    key = uuid4()
    told = queries.with_keys(queries.threads(found.draft, part), key)
    context = about_reading(found, part=part, threads=told, kept=kept, key=key, **context)
    template = f"courses/authoring/review/{name}.html"
    return render(request, template, context, status=409 if kept else 200)


def act(request: HttpRequest, draft: Edition, part: str, asked: dict[str, Any]) -> None:
    """Say, answer, resolve or reopen."""
    given = {"by": request.user, "at": clock.of(request)}
    key, thread = asked["key"] or uuid4(), asked["thread"] or 0
    match asked["act"]:
        case "say":
            about = commenting.About(part, asked["saw"])
            commenting.say(draft, asked["body"], about, key=key, **given)
            messages.success(request, _("Your comment is kept."))
        case "answer":
            commenting.answer(draft, thread, asked["body"], key=key, **given)
            messages.success(request, _("Your answer is kept."))
        case "resolve":
            commenting.resolve(draft, thread, saw=asked["saw"] or 0, **given)
        case "reopen":
            commenting.reopen(draft, thread)
        case _:
            raise Http404
