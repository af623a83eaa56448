"""What the lessons are not sure of: the report, one doubt, and noting what a source says."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from courses.catalogue import doubts
from courses.learning import subject_checks
from courses.learning.check_forms import ChecksFilter, SubjectCheckForm
from courses.learning.services.subject_checks import Found, note_check
from courses.learning.views.desk.doors import courses_of
from partnership.accounts.models import Role
from partnership.agreements import queries as agreements
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved

# Who may open the list of lines that no source was read for.
EDITORS = {Role.ADMINISTRATOR, Role.DATA_EDITOR}


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Every doubt, the questions in reserve, the lessons held back, and unconfirmed lines."""
    form = ChecksFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    every = subject_checks.lines()
    lines = subject_checks.narrowed(every, wanted)
    reserve = subject_checks.in_reserve()
    if wanted["course"]:
        reserve = reserve.filter(course__slug=wanted["course"])
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "lines": lines,
        "open": sum(not line.is_settled for line in lines),
        "reserve": reserve,
        "held_back": subject_checks.held_back(lines),
        "to_confirm": agreements.to_confirm().count(),
        "is_editor": not EDITORS.isdisjoint(request.roles),
    }
    return render(request, "courses/desk/checks.html", context)


@require_safe
def doubt(request: HttpRequest, key: str) -> HttpResponse:
    """One doubt with everything that was noted of it."""
    found = _doubt(key)
    form = SubjectCheckForm(initial={"on": clock.of(request).date()})
    return _page(request, found, form)


@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Checked on a day, against a source, with this result."""
    found = _doubt(key)
    if not _may_note(request, found):
        audit.record("denied", at=clock.of(request), request=request, of=("doubt", key))
        raise Http404
    form = SubjectCheckForm(request.POST)

    def change() -> None:
        note_check(found, Found(**form.cleaned_data), by=request.user, at=clock.of(request))

    if form.is_valid() and saved(request, form, change):
        return redirect("courses:desk-check", key)
    return _page(request, found, form)


def _page(request: HttpRequest, found: doubts.Doubt, form: SubjectCheckForm) -> HttpResponse:
    (line,) = subject_checks.lines([found])
    context = {"line": line, "form": form, "may_note": _may_note(request, found)}
    return render(request, "courses/desk/check.html", context)


def _doubt(key: str) -> doubts.Doubt:
    found = doubts.doubt_of(key)
    if found is None:
        raise Http404
    return found


def _may_note(request: HttpRequest, found: doubts.Doubt) -> bool:
    """Who trains a course that tells the doubt; what all courses tell, the administrators."""
    if Role.ADMINISTRATOR in request.roles:
        return True
    is_trainer = Role.TRAINER in request.roles
    return is_trainer and courses_of(request).filter(slug__in=found.courses).exists()
