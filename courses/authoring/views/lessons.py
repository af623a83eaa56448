"""A lesson is written: the page, what it saves, what it shows, who else is there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.authoring import checks, comparing, pasting, previews, queries, references
from courses.authoring.drafts import removed_meanwhile
from courses.authoring.forms import LessonForm
from courses.authoring.review.queries import plan_of
from courses.authoring.services.presence import be_seen, forget_older
from courses.authoring.services.saving import Saved, Sent, save_lesson
from courses.authoring.views.doors import about, draft_or_404, lesson_of, lesson_or_404
from courses.catalogue.figures import FIGURES
from courses.catalogue.models import Lesson
from courses.catalogue.weights import page_kb
from courses.learning.views.bodies import key, whole
from partnership.lib import clock
from partnership.lib.bodies import read_object, refuse_unknown_parts
from partnership.lib.errors import BadQuery, Refusal
from partnership.lib.forms import cleaned_or_refuse

# A text of the longest lesson as JSON, each sign escaped.
LARGEST = 1_500_000


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The text with its preview. Without scripts it is a form that is sent."""
    row = lesson_or_404(request, slug, lesson)
    if request.method == "POST":
        return _sent_as_a_form(request, row)
    at = clock.of(request)
    forget_older(row, at)
    be_seen(row, request.user, at)
    besides = queries.besides(row)
    for one in besides:
        one.rows = comparing.compare(row.text, one.text)
    context = about(
        row.edition,
        lesson=row,
        number=queries.number_of(row),
        sitting=uuid4().hex,
        others=queries.others(row, request.user, at),
        besides=besides,
        text=previews.shown("", html=row.html, language=row.edition.language),
        figures=sorted(FIGURES),
        references=references.offered(row.edition.language),
        plan=plan_of(row.edition),
        **_told(row),
    )
    return render(request, "courses/authoring/lesson.html", context)


def _sent_as_a_form(request: HttpRequest, row: Lesson) -> HttpResponse:
    asked = cleaned_or_refuse(LessonForm(request.POST))
    saved = save_lesson(row, Sent(**asked), by=request.user, at=clock.of(request))
    if saved.outcome == "beside":
        messages.warning(
            request,
            _("Somebody else saved meanwhile. Both texts are kept: choose which one stands."),
        )
    else:
        messages.success(request, _("Saved."))
    return redirect("courses:draft-lesson", row.edition.course.slug, row.slug)


@require_POST
def save(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """What a page saves as it is typed."""
    row = lesson_of(draft_or_404(request, slug), lesson)
    body = _body(request, {"title", "text", "saw", "sitting", "turn"})
    sent = Sent(
        title=_text(body, "title"),
        text=_text(body, "text"),
        saw=whole(body.get("saw"), "saw"),
        sitting=key(body.get("sitting"))[:32],
        turn=whole(body.get("turn"), "turn"),
    )
    at = clock.of(request)
    try:
        if row is None:
            raise removed_meanwhile()
        saved = save_lesson(row, sent, by=request.user, at=at)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "detail": str(refusal)}, status=409)
    be_seen(row, request.user, at)
    row.refresh_from_db(fields=["text", "html", "pictures_kb"])
    return JsonResponse(
        {**_answer(saved), **_state(request, row), "told": _told_html(request, row)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """Which text stands and who is there; a page that asks by POST says that it is open."""
    row = lesson_or_404(request, slug, lesson)
    if request.method == "POST":
        be_seen(row, request.user, clock.of(request))
    return JsonResponse(_state(request, row))


@require_POST
def show(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """A text that is not saved yet, as its learners would see it."""
    row = lesson_or_404(request, slug, lesson)
    body = _body(request, {"text", "pictures"})
    html = previews.shown(
        _text(body, "text"),
        language=row.edition.language,
        choice="off" if body.get("pictures") == "off" else "on",
    )
    return JsonResponse({"html": html})


@require_POST
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """What was pasted, as Markdown."""
    draft_or_404(request, slug)
    body = _body(request, {"html"})
    return JsonResponse({"text": pasting.markdown_of(_text(body, "html"))})


def _body(request: HttpRequest, names: set[str]) -> dict[str, Any]:
    found = read_object(request.body, largest=LARGEST)
    refuse_unknown_parts(found, names)
    return found


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise BadQuery({name: [_("A text is expected.")]})
    return value.encode("utf-8", "replace").decode()


def _answer(saved: Saved) -> dict[str, Any]:
    return {"outcome": saved.outcome, "saw": saved.number, "at": saved.at.isoformat()}


def _state(request: HttpRequest, row: Lesson) -> dict[str, Any]:
    return {
        "person": str(request.user.uuid),
        "token": get_token(request),
        "number": queries.number_of(row),
        "others": queries.others(row, request.user, clock.of(request)),
    }


def _told(row: Lesson) -> dict[str, Any]:
    """What is told beside the text: its weight and what it lacks."""
    return {
        "words": len(row.text.split()),
        "kb": page_kb(len(row.html)),
        "pictures_kb": row.pictures_kb,
        "findings": checks.findings(row.text, row.html, queries.leads_in(row.edition)),
    }


def _told_html(request: HttpRequest, row: Lesson) -> str:
    return render_to_string("courses/authoring/_told.html", _told(row), request)
