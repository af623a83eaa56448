"""Questions from a box or a file: sent, looked at, taken in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.authoring.bank import failed, import_rows, queries, tabular
from courses.authoring.bank.forms import PasteForm, RowsFilter, SendForm
from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.authoring.bank.packing import unpacked, unpacked_problem
from courses.authoring.bank.services import imports, undoing
from courses.authoring.bank.services.imports import Wanted
from courses.catalogue.models import Course
from courses.learning.views.desk.doors import course_of
from courses.quizzes.models import QuestionVersion
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import sheet
from partnership.lib.paging import page_of

FORM = ("GET", "HEAD", "POST")
SIZE = 50
State = QuestionImport.State


def _one(request: HttpRequest, slug: str, uuid: UUID) -> tuple[Course, QuestionImport]:
    course = course_of(request, slug)
    rows = QuestionImport.objects.select_related("job", "course")
    return course, get_object_or_404(rows, course=course, uuid=uuid)


def _wanted(told: dict[str, Any]) -> Wanted:
    return Wanted(language=told["language"], topic=told["topic"], form=told["form"])


@require_http_methods(FORM)
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """The fast box. What it holds is shown as a list before anything is written."""
    course = course_of(request, slug)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, clock.of(request)
        one = imports.paste(course, told["text"], _wanted(told), by=request.user, at=at)
        return redirect("courses:question-import", slug, one.uuid)
    context = {"course": course, "form": form, "topics": queries.topics(course)}
    return render(request, "courses/authoring/bank/paste.html", context)


@require_http_methods(FORM)
def import_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Files of questions, the newest first, and the form that sends one."""
    course, is_sent = course_of(request, slug), request.method == "POST"
    form = SendForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        file, told = form.cleaned_data["file"], form.cleaned_data
        try:
            one = imports.send(
                course, file, file.name, _wanted(told), by=request.user, at=clock.of(request)
            )
            return redirect("courses:question-import", slug, one.uuid)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {
        "course": course,
        "form": form,
        "page": page_of(import_rows.imports(course), request, size=SIZE),
        "columns": list(tabular.COLUMNS),
        "topics": queries.topics(course),
    }
    return render(request, "courses/authoring/bank/imports.html", context)


@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The layout of a sheet of questions, with four of them as examples."""
    course_of(request, slug)
    return sheet(request, "questions", list(tabular.COLUMNS), tabular.examples())


@require_safe
def one_import(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Where an import stands: being read, or its questions by what would come of them."""
    course, one = _one(request, slug, uuid)
    asked = RowsFilter(request.GET)
    rows = import_rows.rows_of(one, cleaned_or_refuse(asked)["verdict"])
    page, counts = page_of(rows, request, size=SIZE), import_rows.counted(one)
    context = {
        "course": course,
        "one": one,
        "job": one.job,
        "at": clock.of(request),
        "form": asked,
        "chips": chips(asked, request.GET),
        "counts": counts,
        "all": sum(counts[verdict] for verdict in QuestionImportRow.Verdict.values),
        "to_take": counts["new"] + counts["changed"],
        "problems": [unpacked_problem(told) for told in one.problems],
        "page": page,
        "lines": _shown(list(page.object_list)),
        "earlier": import_rows.same_file(one),
        "is_last": one.state == State.DONE and import_rows.last_taken(course) == one.pk,
        "quizzes": queries.draft_quizzes(course) if one.state == State.DONE else (),
    }
    return render(request, "courses/authoring/bank/import.html", context)


def _shown(rows: list[QuestionImportRow]) -> list[dict[str, Any]]:
    """Rows with what was read, and of a changed question what it asks until then."""
    changed = [row.question_id for row in rows if row.verdict == "changed" and not row.taken_at]
    before = import_rows.prompts(changed)
    found = []
    for row in rows:
        item = unpacked(row.item) if row.item else None
        old = before.get(row.question_id, "")
        found.append(
            {
                "row": row,
                "item": item,
                "kind": QuestionVersion.Kind(item.kind).label if item else "",
                "problems": [unpacked_problem(told) for told in row.problems],
                "before": old if item and old != item.prompt else "",
            }
        )
    return found


@require_POST
def take_in(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Write what the list shows."""
    _course, one = _one(request, slug, uuid)
    counts = imports.take_in(one, by=request.user, at=clock.of(request))
    count = counts["new"] + counts["changed"]
    told = ngettext("%(n)s question was taken in.", "%(n)s questions were taken in.", count)
    messages.success(request, told % {"n": count})
    return redirect("courses:question-import", slug, uuid)


@require_POST
def take_back(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take out again what the import brought, as far as nobody depends on it."""
    _course, one = _one(request, slug, uuid)
    done = undoing.take_back(one, by=request.user, at=clock.of(request))
    told = ngettext(
        "%(n)s question was taken back.", "%(n)s questions were taken back.", len(done.back)
    )
    messages.success(request, told % {"n": len(done.back)})
    if done.left:
        stay = ngettext(
            "%(n)s stays: the list says why.", "%(n)s stay: the list says why.", len(done.left)
        )
        messages.warning(request, stay % {"n": len(done.left)})
    return redirect("courses:question-import", slug, uuid)


@require_safe
def wrong(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """The questions that are not taken in, as they came, to be corrected and sent again."""
    _course, one = _one(request, slug, uuid)
    rows = list(one.rows.filter(verdict=QuestionImportRow.Verdict.WRONG).order_by("number"))
    if not rows:
        raise Http404
    told = [
        failed.Failed(row.source, [unpacked_problem(problem) for problem in row.problems])
        for row in rows
    ]
    content = failed.written(told, one.form)
    response = HttpResponse(content, content_type=failed.type_of(one.form))
    name = f"to-correct{failed.suffix_of(one.form)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
