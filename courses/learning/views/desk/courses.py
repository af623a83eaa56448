"""A trainer's courses, one of them, and its learners."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.learning import dossiers, roster
from courses.learning.desk_forms import LearnersFilter
from courses.learning.views.desk.doors import course_of, courses_of, note_export
from partnership.lib import clock, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import sheet
from partnership.lib.paging import page_of

SIZE = 50


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """Own courses in figures, and what waits in each for a decision."""
    lines = roster.course_lines(list(courses_of(request)))
    return render(request, "courses/desk/courses.html", {"lines": lines})


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """One course: its figures, its quizzes, what waits."""
    found = course_of(request, slug)
    (line,) = roster.course_lines([found])
    context = {"course": found, "line": line, "quizzes": roster.quiz_lines(found)}
    return render(request, "courses/desk/course.html", context)


@require_safe
def learners(request: HttpRequest, slug: str) -> HttpResponse:
    """Who learns here, how far, and since when nothing was heard."""
    found = course_of(request, slug)
    form, rows = _learners(request, found)
    page = page_of(rows, request, size=SIZE)
    context = {
        "course": found,
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "learners": roster.learners(page.object_list, on=clock.of(request).date()),
    }
    return render(request, "courses/desk/learners.html", context)


@require_safe
def learners_sheet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same rows, all of them."""
    found = course_of(request, slug)
    _form, rows = _learners(request, found)
    count = rows.count()
    sheets.refuse_too_many(count)
    lines = roster.learners(rows, on=clock.of(request).date())
    note_export(request, "learners", count, course=slug)
    return sheet(request, f"{slug}-learners", COLUMNS, (_row(line) for line in lines))


COLUMNS = [
    *("name", "countries", "institutions", "edition", "state", "done", "required"),
    *("joined_on", "last_activity_on", "completed_on", "certificate", "certificate_state"),
]


def _row(line: roster.Learner) -> list[Any]:
    one, certificate = line.enrolment, line.certificate
    return [
        one.learner.name,
        "; ".join(dict.fromkeys(str(post.country) for post in line.posts if post.country)),
        "; ".join(dict.fromkeys(str(post.institution) for post in line.posts if post.institution)),
        one.edition.number,
        line.state.value,
        line.done,
        line.required,
        one.joined_at.date(),
        one.active_at.date(),
        one.completed_at.date() if one.completed_at else None,
        certificate.shown_code if certificate else "",
        certificate.state if certificate else "",
    ]


def _learners(request: HttpRequest, found: Any) -> tuple[LearnersFilter, Any]:
    on = clock.of(request).date()
    form = LearnersFilter(request.GET, course=found, on=on)
    wanted = cleaned_or_refuse(form)
    rows = roster.narrowed(roster.enrolments(found), wanted, on=on)
    return form, roster.with_progress(rows)


@require_safe
def learner(request: HttpRequest, slug: str, uuid: Any) -> HttpResponse:
    """One learner in this course: attempts with every grading, what was granted, certificates."""
    found = course_of(request, slug)
    rows = roster.with_progress(roster.enrolments(found)).filter(learner__uuid=uuid)
    lines = roster.learners(rows.order_by("-edition__number"), on=clock.of(request).date())
    if not lines:
        raise Http404
    person = lines[0].enrolment.learner
    context = {
        "course": found,
        "person": person,
        "lines": lines,
        "dossier": dossiers.dossier(found, person),
    }
    return render(request, "courses/desk/learner.html", context)
