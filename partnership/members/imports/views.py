"""Pages of imports: send or paste, name the columns, look, take in, take back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.lib import clock, lists, sheets
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members.imports import exports, queries, services
from partnership.members.imports.columns import PROBLEM_COLUMN
from partnership.members.imports.forms import (
    ColumnsForm,
    EncodingForm,
    PasteForm,
    RowForm,
    RowsFilter,
    SendForm,
)
from partnership.members.models import ImportRow, SheetImport
from partnership.members.places import places
from partnership.members.views import doors

FORM = ("GET", "HEAD", "POST")
SIZE = 50


def _mine(request: HttpRequest) -> Any:
    day = doors.today(request)
    return SheetImport.objects.of(request.user, on=day, sees_all=doors.sees_all(request))


def _one(request: HttpRequest, uuid: UUID) -> SheetImport:
    """An import through the one door, with what its pages show of it."""
    rows = _mine(request).select_related("by", "job", "country", "institution")
    return get_object_or_404(rows, uuid=uuid)


def _delegations(request: HttpRequest) -> list[Any] | None:
    """Those that may be filled; None for the secretariat, which may fill any."""
    return None if doors.sees_all(request) else doors.own_delegations(request)


@require_http_methods(FORM)
def import_list(request: HttpRequest) -> HttpResponse:
    """Imports, newest first, and the form that sends a file."""
    is_sent, delegations = request.method == "POST", _delegations(request)
    form = SendForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        delegations=delegations,
        initial={"kind": request.GET.get("kind", "")},
    )
    if is_sent and form.is_valid():
        try:
            return redirect("imports:columns", _sent(request, form).uuid)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    rows = _mine(request).select_related("by", "country", "institution").order_by("-pk")
    context = {
        "form": form,
        "is_secretariat": delegations is None,
        "page": page_of(rows, request, size=SIZE),
        "exports": exports.ROWS if delegations is None else (),
    }
    return render(request, "members/imports/list.html", context)


def _sent(request: HttpRequest, form: SendForm) -> SheetImport:
    file, wanted = form.cleaned_data["file"], form.cleaned_data
    return services.send(
        BytesIO(file.read()),
        file.name,
        kind=wanted.get("kind", SheetImport.Kind.PEOPLE),
        by=request.user,
        at=clock.of(request),
        delegation=wanted.get("delegation"),
    )


@require_http_methods(FORM)
def paste(request: HttpRequest) -> HttpResponse:
    """Addresses from a box. They are tried like a sheet before anybody is invited."""
    form = PasteForm(request.POST or None, delegations=_delegations(request))
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            row = services.paste(
                wanted["addresses"],
                by=request.user,
                at=clock.of(request),
                role=wanted.get("role", "official"),
                delegation=wanted["delegation"],
            )
            return redirect("imports:one", row.uuid)
        except Refusal as refusal:
            form.add_error("addresses", str(refusal))
    known = places() if doors.sees_all(request) else []
    return render(request, "members/imports/paste.html", {"form": form, "places": known})


@require_http_methods(FORM)
def columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What each column holds, beside the first rows; also in which encoding they are read."""
    sheet = _one(request, uuid)
    if request.method == "POST" and "encoding" in request.POST:
        return _read_anew(request, sheet)
    form = ColumnsForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_columns(sheet, form.mapping, at=clock.of(request))
            return redirect("imports:one", sheet.uuid)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "sheet": sheet,
        "form": form,
        "encoding": EncodingForm(initial={"encoding": sheet.encoding}),
        "encoding_name": sheets.ENCODINGS.get(sheet.encoding),
        **queries.preview(sheet),
    }
    return render(request, "members/imports/columns.html", context)


def _read_anew(request: HttpRequest, sheet: SheetImport) -> HttpResponse:
    form = EncodingForm(request.POST)
    wanted = cleaned_or_refuse(form)["encoding"]
    try:
        services.read_anew(sheet, wanted, at=clock.of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("imports:columns", sheet.uuid)


@require_safe
def one_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where an import stands: its progress, or its rows by what becomes of them."""
    sheet = _one(request, uuid)
    if sheet.state == SheetImport.State.UPLOADED:
        return redirect("imports:columns", sheet.uuid)
    asked = RowsFilter(request.GET)
    rows = sheet.rows.order_by("number")
    if verdict := cleaned_or_refuse(asked)["verdict"]:
        rows = rows.filter(verdict=verdict)
    page = page_of(rows, request, size=SIZE)
    counts = queries.counted(sheet)
    context = {
        "sheet": sheet,
        "job": sheet.job,
        "at": clock.of(request),
        "form": asked,
        "chips": chips(asked, request.GET),
        "counts": counts,
        "to_apply": counts["new"] + counts["changed"],
        "page": page,
        "lines": [queries.shown(sheet, line) for line in page.object_list],
        "kept": queries.kept(sheet),
        "undo_until": queries.undo_until(sheet),
        "can_be_undone": sheet.can_be_undone(clock.of(request)),
    }
    return render(request, "members/imports/one.html", context)


@require_http_methods(FORM)
def row(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One row to be corrected; it is judged again at once."""
    sheet = _one(request, uuid)
    line = get_object_or_404(ImportRow, sheet_import=sheet, number=number)
    form = RowForm(request.POST or None, sheet=sheet, line=line)
    if request.method == "POST" and form.is_valid():
        line = services.correct_row(line, form.cleaned_data, at=clock.of(request))
        if line.verdict != ImportRow.Verdict.WRONG:
            messages.success(request, _("Row %(n)s is right now.") % {"n": number})
            return redirect("imports:one", sheet.uuid)
    context = {"sheet": sheet, "line": line, "form": form, "shown": queries.shown(sheet, line)}
    return render(request, "members/imports/row.html", context)


@require_POST
@transaction.atomic
def step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in, take back, stop, go on."""
    sheet, at = _one(request, uuid), clock.of(request)
    match request.POST.get("do"):
        case "apply":
            services.take_in(sheet, at=at)
        case "undo":
            services.take_back(sheet, by=request.user, at=at)
        case "go-on":
            services.go_on(sheet, at=at)
        case "stop" if sheet.job is not None:
            jobs.cancel(sheet.job, at=at)
        case _:
            raise Http404
    return redirect("imports:one", sheet.uuid)


@require_safe
def wrong_rows(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The rows that were not taken in, as they were sent, with what is wrong in a last column."""
    sheet = _one(request, uuid)
    kept = [at for at, name in enumerate(sheet.columns) if name != PROBLEM_COLUMN]
    lines = sheet.rows.filter(verdict=ImportRow.Verdict.WRONG).order_by("number")
    sheets.refuse_too_many(lines.count())

    def rows() -> Iterator[list[str]]:
        for line in lines.iterator(chunk_size=500):
            yield [*(line.cells[at] for at in kept), queries.problem_text(sheet, line)]

    names = [*(sheet.columns[at] for at in kept), PROBLEM_COLUMN]
    return lists.sheet(request, "rows-to-correct", names, rows())


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A list in the columns that an import of its kind takes."""
    if kind not in exports.ROWS:
        raise Http404
    found = exports.listed(kind, doors.today(request))
    count = found.count()
    sheets.refuse_too_many(count)
    response = lists.sheet(request, kind, exports.columns(kind), exports.rows(kind, found))
    audit.record(
        "list.export", at=clock.of(request), request=request, changes={"list": kind, "rows": count}
    )
    return response
