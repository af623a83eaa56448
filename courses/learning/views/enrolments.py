"""Joining a course, leaving it, moving to its newest edition; what reading leaves behind."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.catalogue.models import Lesson
from courses.learning import doors
from courses.learning.forms import PlaceForm
from courses.learning.models import Enrolment
from courses.learning.outlines import outline
from courses.learning.reading import around, lesson_text
from courses.learning.services import enrolments
from partnership.lib import clock
from partnership.lib.forms import cleaned_or_refuse


@require_POST
def join_course(request: HttpRequest, slug: str) -> HttpResponse:
    """One press joins the newest edition, or comes back to the one that was left."""
    found = doors.course(request.user, slug)
    came_back = found.was_here
    enrolments.join(found.edition, by=request.user, at=clock.of(request))
    sentence = _("Welcome back: all you did is still here.") if came_back else _("You have joined.")
    messages.success(request, sentence)
    return redirect("courses:course", slug)


@require_POST
def leave_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop learning here. Joining again undoes it, so nobody is asked whether they mean it."""
    enrolments.leave(doors.running(request.user, slug), at=clock.of(request))
    messages.success(request, _("You have left. All you did is kept: join again to go on."))
    return redirect("courses:course", slug)


@require_POST
def move_course(request: HttpRequest, slug: str) -> HttpResponse:
    enrolments.move_over(doors.running(request.user, slug), at=clock.of(request))
    messages.success(request, _("You are in the newest edition. What stayed the same is done."))
    return redirect("courses:course", slug)


@require_POST
def done(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The button "I have read this": the lesson is done, and reading goes on."""
    enrolment, found = _lesson(request, slug, lesson)
    enrolments.finish_lesson(enrolment, found, at=clock.of(request))
    messages.success(request, _("Done: %(lesson)s") % {"lesson": found.title})
    after = around(outline(enrolment.edition, enrolment), found.pk)[-1]
    return redirect(after.address if after else enrolment.edition)


@require_POST
@transaction.atomic
def place(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """Sent by the page while somebody reads. Answered with nothing: there is nothing to show."""
    wanted = cleaned_or_refuse(PlaceForm(request.POST))
    enrolment, found = _lesson(request, slug, lesson)
    at = clock.of(request)
    enrolments.open_lesson(enrolment, found, at=at, block=wanted["block"])
    if wanted["read"] and found.rule == Lesson.Rule.READ:
        enrolments.finish_lesson(enrolment, found, at=at)
    return HttpResponse(status=204)


def _lesson(request: HttpRequest, slug: str, lesson: str) -> tuple[Enrolment, Lesson]:
    enrolment = doors.running(request.user, slug)
    found = lesson_text(enrolment.edition, lesson)
    if found is None:
        raise Http404
    return enrolment, found
