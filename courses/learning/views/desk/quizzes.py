"""The figures of a quiz, and grading it again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.models import Course
from courses.learning import gains, quiz_figures, statistics
from courses.learning.desk_forms import FiguresFilter, ReasonForm
from courses.learning.models import Attempt
from courses.learning.services import regrading
from courses.learning.views.desk.doors import course_of, note_export
from courses.quizzes.models import Quiz
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import sheet


def quizzes_of(request: HttpRequest, slug: str, quiz: str) -> tuple[Course, list[Quiz]]:
    """A quiz of one's course in each published edition that has it, the newest first."""
    course = course_of(request, slug)
    rows = Quiz.objects.filter(edition__course=course, edition__published_at__isnull=False)
    newest = rows.filter(slug=quiz).order_by("-edition__number").values("key")[:1]
    same = rows.filter(key=newest).select_related("edition__course").order_by("-edition__number")
    found = list(same)
    if not found:
        raise Http404
    return course, found


def _figures(request: HttpRequest, quizzes: list[Quiz]) -> tuple[Any, list[Quiz], Any]:
    form = FiguresFilter(request.GET, quizzes=quizzes)
    wanted = cleaned_or_refuse(form)
    if wanted["edition"]:
        quizzes = [quiz for quiz in quizzes if str(quiz.edition.number) == wanted["edition"]]
    found = quiz_figures.figures(quizzes, first_only=wanted["attempts"] != "all")
    return form, quizzes, found


@require_safe
def quiz(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """How many, how well, and question by question what people knew and what misled them."""
    course, quizzes = quizzes_of(request, slug, quiz)
    form, chosen, found = _figures(request, quizzes)
    marks = {one.pass_mark for one in chosen}
    pass_mark = marks.pop() if len(marks) == 1 else None
    context = {
        "course": course,
        "quiz": quizzes[0],
        "form": form,
        "chips": chips(form, request.GET),
        "figures": found,
        "gains": gains.of_quizzes(chosen),
        "pass_mark": pass_mark,
        "picture": statistics.histogram(found.bands, pass_mark) if found.bands else None,
        "few": statistics.FEW,
        "discrimination_from": statistics.DISCRIMINATION_FROM,
    }
    return render(request, "courses/desk/quiz.html", context)


COLUMNS = [
    *("question", "versions", "kind", "prompt", "asked", "answered", "right", "mean_share"),
    *("wrong_most_chosen", "wrong_times", "discrimination"),
]


@require_safe
def quiz_sheet(request: HttpRequest, slug: str, quiz: str) -> HttpResponseBase:
    _course, quizzes = quizzes_of(request, slug, quiz)
    _form, _chosen, found = _figures(request, quizzes)
    note_export(request, f"quiz {quiz}", len(found.questions), course=slug)
    return sheet(request, f"{slug}-{quiz}", COLUMNS, [_row(row) for row in found.questions])


def _row(row: quiz_figures.QuestionFigures) -> list[Any]:
    tally = row.tally
    return [
        row.version.question.key,
        ", ".join(map(str, row.numbers)),
        row.version.kind,
        row.version.prompt,
        tally.asked,
        tally.answered,
        tally.right,
        None if tally.mean is None else round(tally.mean, 4),
        row.wrong.text if row.wrong else "",
        row.wrong.times if row.wrong else None,
        None if row.discrimination is None else round(row.discrimination, 3),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, slug: str, quiz: str) -> HttpResponse:
    """What the key as it is now would change; then, with a reason, doing it."""
    course, quizzes = quizzes_of(request, slug, quiz)
    number = request.GET.get("edition") or str(quizzes[0].edition.number)
    found = next((one for one in quizzes if str(one.edition.number) == number), None)
    if found is None:
        raise Http404
    count = regrading.closed(found)
    if request.method == "POST":
        return _regraded(request, found, count)
    context = {
        "course": course,
        "quiz": found,
        "quizzes": quizzes,
        "count": count,
        "is_many": regrading.is_many(count),
        **(_by_workers(found) if regrading.is_many(count) else _at_once(request, found, count)),
    }
    return render(request, "courses/desk/regrade.html", context)


def _at_once(request: HttpRequest, found: Quiz, count: int) -> dict[str, Any]:
    if not count:
        return {}
    trial = regrading.trial(found, at=clock.of(request))
    lines = [(line.attempt, line.before, line.after) for line in trial.lines]
    return {"trial": trial, "lines": lines}


def _by_workers(found: Quiz) -> dict[str, Any]:
    """What the last trial of a worker told, and how the jobs stand."""
    look = regrading.last_job(regrading.TRIAL, found)
    told = look.result if look and look.state == "done" else {}
    scores = {uuid: (before, after) for uuid, before, after in told.get("lines", ())}
    attempts = Attempt.objects.filter(uuid__in=scores).select_related("quiz", "enrolment__learner")
    lines = [(attempt, *map(_score, scores[str(attempt.uuid)])) for attempt in attempts]
    job = regrading.last_job(regrading.REGRADE, found)
    return {"look": look, "trial": told, "lines": lines, "job": job}


def _score(text: str | None) -> Any:
    return None if text is None else Decimal(text)


def _regraded(request: HttpRequest, found: Quiz, count: int) -> HttpResponse:
    at, by = clock.of(request), request.user
    reason = cleaned_or_refuse(ReasonForm(request.POST))["reason"]
    seal = request.POST.get("seal", "")
    if regrading.is_many(count):
        with transaction.atomic():
            if request.POST.get("act") == "look":
                job = regrading.ask_to_look(found, by=by, at=at)
            else:
                job = regrading.ask(found, by=by, reason=reason, seal=seal, at=at)
            told = {"kind": job.kind}
            of = ("job", str(job.uuid))
            audit.record("job.start", at=at, request=request, of=of, changes=told)
        messages.success(request, _("A worker does it. This page tells how far it is."))
        return redirect(request.get_full_path())
    changes = regrading.grade_quiz_again(found, by=by, reason=reason, seal=seal, at=at)
    text = ngettext(
        "%(n)s attempt was graded again.", "%(n)s attempts were graded again.", len(changes)
    )
    messages.success(request, text % {"n": len(changes)})
    return redirect(request.get_full_path())
