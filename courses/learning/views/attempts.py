"""A sitting: the paper, the look before handing in, the result."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import slugify
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from courses.catalogue.translations import Told
from courses.learning import answers_file as files
from courses.learning import doors, gains, results, screens, sittings
from courses.learning.models import Attempt
from courses.learning.papers import Paper, paper
from courses.learning.services.attempts import submit_attempt
from courses.learning.views import bodies
from partnership.lib import clock
from partnership.lib.languages import of_texts


def own(request: HttpRequest, uuid: UUID) -> Attempt:
    return doors.own_attempt(request.user, uuid, at=clock.of(request))


@require_safe
def attempt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole paper in one page, so that moving between questions needs no network."""
    found = own(request, uuid)
    if not found.is_open:
        return redirect("courses:result", found.uuid)
    asked = paper(found, at=clock.of(request))
    context = {**_about(found), **_progress(asked), "seal": files.seal(found, asked)}
    context["told"] = Told(found.quiz.edition.language, of_texts(request))
    # Each copy of the form has its own keys: sent twice it counts once.
    context["stamp"] = uuid4().hex
    if token := request.GET.get("told"):
        context["told"] = token
        context["feedback"] = results.feedback(found, token) if asked.plan == "practise" else None
    response = render(request, "courses/learning/attempt.html", context)
    # The service worker may keep this page on the device for this person and nobody else.
    response["Keep-For"] = str(request.user.uuid)
    return response


@require_safe
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Before handing in: unanswered first, then flagged, and what two devices answered."""
    found = own(request, uuid)
    if not found.is_open:
        return redirect("courses:result", found.uuid)
    asked = paper(found, at=clock.of(request))
    rows = [
        (screen, screens.in_words(screen.question, screen.question.response))
        for screen in screens.screens(asked)
    ]
    context = {
        **_about(found),
        "paper": asked,
        "rows": rows,
        "open_rows": [row for row in rows if not row[0].question.is_answered],
        "flagged_rows": [row for row in rows if row[0].question.is_flagged],
        "beside_rows": [row for row in rows if row[0].others],
        "submit_key": f"form-{found.uuid.hex}",
    }
    return render(request, "courses/learning/review.html", context)


@require_POST
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand in. The same key again is the same hand-in."""
    found = doors.to_hand_in(request.user, uuid)
    sent = bodies.sent(request, ("key",)) if bodies.is_json(request) else request.POST
    key = bodies.key(sent.get("key"))
    done = submit_attempt(found, key=key, at=clock.of(request))
    address = reverse("courses:result", args=[done.uuid])
    if not bodies.is_json(request):
        return redirect(address)
    return JsonResponse({"result": address, "submitted_at": done.submitted_at})


@require_safe
def result(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What you know, what to read again, what comes next."""
    found = own(request, uuid)
    if found.is_open:
        return redirect(found)
    told = results.result(found, at=clock.of(request))
    to_read = [row for row in told.questions if row.verdict not in ("right", "")]
    lessons = [] if found.is_passed else sittings.read_again(found.quiz)
    lesson_of = {lesson.key: lesson for lesson in lessons}
    if found.quiz.plan == "pretest":
        topics = {row.topic for row in to_read}
        lessons = [lesson for lesson in lessons if lesson.key in topics]
    context = {
        **_about(found),
        "result": told,
        "known": [row for row in told.questions if row.verdict == "right"],
        "to_read": [(row, lesson_of.get(row.topic)) for row in to_read],
        "answered": [row for row in told.questions if row.verdict == ""],
        "lessons": lessons,
        "gains": gains.of_attempt(found),
    }
    return render(request, "courses/learning/result.html", context)


@require_safe
def answers_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """My answers as a file that says, by its seal, of which attempt, person and paper it is."""
    found = own(request, uuid)
    asked = paper(found, at=clock.of(request))
    answers = [
        {
            "question": one.token,
            "position": one.position,
            "asked": one.prompt,
            "response": one.response,
            "in_words": screens.in_words(one, one.response),
            "revision": one.revision,
            "saved_at": one.saved_at,
        }
        for one in asked.questions
    ]
    body = {
        "attempt": found.uuid,
        "quiz": found.quiz.title,
        "seal": files.seal(found, asked),
        "made_at": clock.of(request),
        "answers": answers,
    }
    name = f"{slugify(found.quiz.title) or 'quiz'}-{found.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(body, headers=headers, json_dumps_params={"indent": 1})


def _about(found: Attempt) -> dict[str, Any]:
    return {
        "attempt": found,
        "quiz": found.quiz,
        "course": found.quiz.edition.course,
        "language": found.quiz.edition.language,
    }


def _progress(asked: Paper) -> dict[str, Any]:
    """The paper's questions as they are drawn, and what the page says of the whole."""
    saved = [one.saved_at for one in asked.questions if one.saved_at]
    total = None
    if asked.limit_minutes:
        total = (asked.limit_minutes + asked.extension_minutes) * 60
    return {
        "paper": asked,
        "screens": screens.screens(asked),
        "saved_at": max(saved, default=None),
        "total_seconds": total,
    }
