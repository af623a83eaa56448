"""One question: written, changed, looked at as its learners will see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.authoring.bank import lines, quality, queries
from courses.authoring.bank.forms import QuestionForm, words
from courses.authoring.bank.holding import held
from courses.authoring.bank.previews import Preview, preview
from courses.authoring.bank.refusals import ChangedMeanwhile
from courses.authoring.bank.rows import item_of
from courses.authoring.bank.services import questions
from courses.authoring.bank.services.questions import About
from courses.catalogue.models import Course
from courses.learning.views.desk.doors import course_of
from courses.quizzes.exchange.building import checked
from courses.quizzes.exchange.items import Item, Kind
from courses.quizzes.exchange.report import Level, Notes, Problem
from courses.quizzes.models import QuestionVersion
from partnership.lib import clock
from partnership.lib.errors import Refusal

FORM = ("GET", "HEAD", "POST")


@dataclass
class Sheet:
    """The form of a question and its lines, on its way to being written."""

    kind: str
    form: QuestionForm
    lines: list[lines.Line]
    item: Item | None = None
    problems: list[Problem] = field(default_factory=list)
    refusal: str = ""
    is_used: bool = False

    @property
    def is_wrong(self) -> bool:
        return bool(
            self.refusal or self.problems or self.form.errors or any(x.problem for x in self.lines)
        )

    @property
    def preview(self) -> Preview | None:
        return preview(self.item) if self.item is not None else None


def _sent(request: HttpRequest, kind: str, form: QuestionForm, key: str = "") -> Sheet:
    """What was typed, judged as a question of a file is."""
    sheet = Sheet(kind, form, lines.lines_in(request.POST))
    changed = lines.moved(sheet.lines, request.POST.get("do", ""))
    if changed is not None:
        sheet.lines = changed
        return sheet
    language = get_language() or "en"
    answers, sheet.lines = lines.answers(kind, sheet.lines, language=language)
    if form.is_valid() and not any(line.problem for line in sheet.lines):
        notes, item = Notes(0), form.item(kind, answers, key)
        sheet.item = held(item, notes) if checked(item, notes) else None
        sheet.problems = [problem for problem in notes.found if problem.level is Level.ERROR]
    return sheet


def _is_moved(request: HttpRequest) -> bool:
    return lines.moved([], request.POST.get("do", "")) is not None


def _about(sheet: Sheet) -> About:
    told = sheet.form.cleaned_data
    return About(topic=told["topic"], state=told["state"], note=told["note"])


@require_http_methods(FORM)
def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A new question of a kind. Topic and language come from the one written before."""
    course = course_of(request, slug)
    if kind not in QuestionVersion.Kind.values:
        raise Http404
    if request.method != "POST":
        given = {name: request.GET.get(name, "")[:80] for name in ("topic", "language", "state")}
        initial = {name: value for name, value in given.items() if value}
        form = QuestionForm(kind=kind, initial=initial)
        return _page(request, course, Sheet(kind, form, lines.first_lines(kind)))
    bound = QuestionForm(None if _is_moved(request) else request.POST, kind=kind)
    sheet = _sent(request, kind, bound)
    if _is_moved(request):
        sheet.form = QuestionForm(kind=kind, initial=_typed(request))
    if sheet.item is None or request.POST.get("do") == "preview":
        return _page(request, course, sheet)
    at, by = clock.of(request), request.user
    version = questions.add(course, sheet.item, _about(sheet), by=by, at=at)
    messages.success(request, _("Question %(key)s is in the bank.") % {"key": version.question.key})
    if request.POST.get("do") == "again":
        told = {"topic": version.question.topic, "language": version.language}
        again = reverse("courses:new-question", args=[slug, kind])
        return redirect(f"{again}?{urlencode(told)}")
    return redirect("courses:question", slug, version.question.key)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What stood in the fields, as it was typed: a button that only adds a line judges nothing."""
    typed = {name: request.POST.get(name, "") for name in QuestionForm.base_fields}
    ticks = ("has_partial_credit", "has_same_meaning")
    return {**typed, **{name: bool(request.POST.get(name)) for name in ticks}}


@require_http_methods(FORM)
def question(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A question of the bank: its form, how it looks, where it is asked, what came of it."""
    course = course_of(request, slug)
    version = get_object_or_404(queries.whole(course), question__key=key)
    is_used, before = version.is_used, item_of(version)
    has_before = is_used or version.number > 1
    kind, own = version.kind, {"kind": version.kind, "has_before": has_before}
    language = get_language() or "en"
    if request.method != "POST":
        form = QuestionForm(initial=_stands(version, before, is_used=is_used), **own)
        sheet = Sheet(kind, form, lines.lines_of(before, language=language), before)
        sheet.is_used = is_used
        return _page(request, course, sheet, version)
    bound = QuestionForm(None if _is_moved(request) else request.POST, **own)
    sheet = _sent(request, kind, bound, key)
    sheet.is_used = is_used
    if _is_moved(request):
        sheet.form = QuestionForm(initial=_typed(request), **own)
    if sheet.item is None or request.POST.get("do") == "preview":
        return _page(request, course, sheet, version)
    try:
        _changed(request, version, sheet, before)
    except Refusal as refusal:
        sheet.refusal = str(refusal)
        return _page(request, course, sheet, version)
    return redirect("courses:question", slug, key)


def _stands(version: QuestionVersion, item: Item, *, is_used: bool) -> dict[str, Any]:
    """A version that nobody used yet is written again: so its own word on its meaning counts."""
    is_same = version.has_same_meaning and not is_used
    return {**words(item, version.question), "has_same_meaning": is_same}


def _changed(request: HttpRequest, version: QuestionVersion, sheet: Sheet, before: Item) -> None:
    """Write what was typed; the page says which version was on it."""
    assert sheet.item is not None
    by, at = request.user, clock.of(request)
    if request.POST.get("saw", str(version.number)) != str(version.number):
        raise ChangedMeanwhile.told()
    if sheet.item == before:
        questions.describe(version.question, _about(sheet), by=by, at=at)
        messages.success(request, _("Kept. What it asks is as before."))
        return
    is_same = sheet.form.cleaned_data.get("has_same_meaning", False)
    made = questions.change(
        version, sheet.item, _about(sheet), by=by, at=at, has_same_meaning=is_same
    )
    if made.number == version.number:
        messages.success(request, _("Kept."))
    else:
        messages.success(request, _("Kept as version %(number)s.") % {"number": made.number})


def _page(
    request: HttpRequest, course: Course, sheet: Sheet, version: QuestionVersion | None = None
) -> HttpResponse:
    context = {
        "course": course,
        "kind": sheet.kind,
        "kind_name": QuestionVersion.Kind(sheet.kind).label,
        "sheet": sheet,
        "form": sheet.form,
        "lines": sheet.lines,
        "focus": lines.focus(sheet.lines, request.POST.get("do", ""))
        if _is_moved(request)
        else None,
        "preview": sheet.preview,
        "advice": quality.advice(sheet.item) if sheet.item is not None else (),
        "version": version,
        "is_used": sheet.is_used,
        "topics": queries.topics(course),
        "places": queries.places(version) if version else [],
        "figures": queries.figures_of(version) if version else None,
        "is_right_many": sheet.kind == Kind.MULTIPLE,
    }
    return render(request, "courses/authoring/bank/question.html", context)
