"""What waits for a trainer: requests for one more attempt, and answers that came after the end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.learning import late_answers, requests
from courses.learning.desk_forms import ReasonForm
from courses.learning.models import OtherAnswer
from courses.learning.services import decisions
from courses.learning.services.answers import accept_late
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock
from partnership.lib.errors import BadQuery
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

SIZE, LATELY = 50, 20


@require_safe
def request_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks for one more attempt, and what was answered lately."""
    course = course_of(request, slug)
    page = page_of(requests.waiting(course), request, size=SIZE)
    context = {"course": course, "page": page, "answered": requests.answered(course)[:LATELY]}
    return render(request, "courses/desk/requests.html", context)


@require_POST
def answer_request(request: HttpRequest, slug: str) -> HttpResponse:
    course = course_of(request, slug)
    asked = get_object_or_404(requests.of_course(course), pk=_number(request))
    is_granted = _decision(request, ("grant", "decline")) == "grant"
    reason = cleaned_or_refuse(ReasonForm(request.POST))["reason"]
    decisions.answer(
        asked, is_granted=is_granted, reason=reason, by=request.user, at=clock.of(request)
    )
    told = {"name": str(asked.enrolment.learner)}
    sentence = _("%(name)s has one more attempt.") if is_granted else _("%(name)s is told why not.")
    messages.success(request, sentence % told)
    return redirect("courses:desk-requests", slug)


@require_safe
def late_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers that came after the end, each with what taking it would change."""
    course = course_of(request, slug)
    page = page_of(late_answers.waiting(course), request, size=SIZE)
    context = {
        "course": course,
        "page": page,
        "lates": late_answers.effects(page.object_list),
        "left": late_answers.left_aside(course)[:LATELY],
    }
    return render(request, "courses/desk/late.html", context)


@require_POST
def decide_late(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it, leave it aside, or let one that was left aside wait again."""
    course = course_of(request, slug)
    other = get_object_or_404(late_answers.of_course(course), pk=_number(request))
    return _decided(request, other, slug)


def _decided(request: HttpRequest, other: OtherAnswer, slug: str) -> HttpResponse:
    by, at = request.user, clock.of(request)
    match _decision(request, ("take", "leave", "back")):
        case "take":
            accept_late(other, by=by, at=at)
            sentence = _("The answer counts. The attempt was graded again.")
        case "leave":
            decisions.leave_late(other, by=by, at=at)
            sentence = _("Left aside. It stands below: you can still take it back up.")
        case _other:
            decisions.put_back(other, by=by, at=at)
            sentence = _("The answer waits again.")
    messages.success(request, sentence)
    return redirect("courses:desk-late", slug)


def _decision(request: HttpRequest, known: tuple[str, ...]) -> str:
    decision = request.POST.get("decision", "")
    if decision not in known:
        raise BadQuery({"decision": [_("Choose one of the buttons.")]})
    return decision


def _number(request: HttpRequest) -> int:
    """The row that a form names; 0, which no row has, for what is no number."""
    text = request.POST.get("row", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
