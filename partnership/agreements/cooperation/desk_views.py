"""The editors' desk of cooperative approaches and authorizations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.agreements.cooperation import queries, services
from partnership.agreements.cooperation.forms import ConfirmForm, DeskFilter, with_reason
from partnership.agreements.cooperation.kinds import Kind, kind_or_404
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of

SIZE = 50
FOLDER = "agreements/cooperation/desk"


@require_safe
def entries(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything of a kind, also what is not shown yet."""
    of, form = kind_or_404(kind), DeskFilter(request.GET)
    page = page_of(queries.desk(of.model, cleaned_or_refuse(form)), request, size=SIZE)
    for row in page.object_list:
        row.line = queries.current(row.lines)
        row.unread = sum(not line.is_confirmed for line in row.lines)
    context = {"form": form, "chips": chips(form, request.GET), "page": page, "kind": of}
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """One with its first line."""
    of, sent = kind_or_404(kind), request.POST if request.method == "POST" else None
    form, line = of.form(sent), of.line_form(sent, prefix="line")
    made: list[Any] = []

    def write() -> None:
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        made.append(services.add_entry(of.model, form.cleaned_data, line.cleaned_data, **given))

    if sent and all([form.is_valid(), line.is_valid()]) and saved(request, form, write):
        return redirect("cooperation:one", kind, made[0].slug)
    return render(request, f"{FOLDER}/add.html", {"form": form, "line": line, "kind": of})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """All lines, also those that were put right; a further one, and what is known better."""
    of = kind_or_404(kind)
    row = _entry(of, slug)
    do = request.POST.get("do", "")
    forms = _forms(request, of, row, do)

    def write() -> None:
        change: Any = services.change_entry if do == "entry" else services.add_line
        change(row, forms[do].cleaned_data, by=request.user, at=clock.of(request))

    if do in forms and forms[do].is_valid() and saved(request, forms[do], write):
        return redirect("cooperation:one", kind, slug)
    lines = queries.all_lines(row)
    context = {
        "row": row,
        "kind": of,
        "lines": [line for line in lines if line.corrected_at is None],
        "replaced": [line for line in lines if line.corrected_at],
        "forms": forms,
        "sent": forms.get(do),
    }
    return render(request, f"{FOLDER}/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, kind: str, slug: str, handle: str) -> HttpResponse:
    """One line that counts: confirmed where it was read, put right where it is wrong."""
    of = kind_or_404(kind)
    row = _entry(of, slug)
    found = _line(row, handle)
    do = request.POST.get("do", "")
    forms = _line_forms(request, of, found, do)
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}

    def write() -> None:
        words = dict(forms[do].cleaned_data)
        if do == "confirm":
            services.confirm_line(found, **given)
        else:
            services.correct_line(found, words, reason=words.pop("reason"), **given)

    if do in forms and forms[do].is_valid() and saved(request, forms[do], write):
        return redirect("cooperation:one", kind, slug)
    context = {"row": row, "kind": of, "line": found, "forms": forms, "sent": forms.get(do)}
    return render(request, f"{FOLDER}/line.html", {**context, "told": queries.told(found)})


def _entry(of: Kind, slug: str) -> Any:
    rows = of.model.objects.select_related("host", "agreement")
    return get_object_or_404(rows, slug=slug)


def _line(row: Any, handle: str) -> Any:
    for line in queries.all_lines(row):
        if line.corrected_at is None and line.handle == handle:
            return line
    raise Http404


def _forms(request: HttpRequest, of: Kind, row: Any, do: str) -> dict[str, Any]:
    """A further line, and what is known better of the whole."""

    def made(name: str, form: Any, **more: Any) -> Any:
        return form(request.POST if do == name else None, auto_id=f"id_{name}_%s", **more)

    known = of.form.known(row)
    return {"line": made("line", of.line_form), "entry": made("entry", of.form, initial=known)}


def _line_forms(request: HttpRequest, of: Kind, line: Any, do: str) -> dict[str, Any]:
    """Correcting is there for every line, confirming for one that nobody compared yet."""
    form = with_reason(of.line_form)
    known = {column: getattr(line, column, None) for column in form.base_fields}
    known |= {"source": line.source.slug, "reason": "", "is_checked": line.is_confirmed}
    sent = request.POST if do == "correct" else None
    forms = {"correct": form(sent, initial=known, auto_id="id_correct_%s")}
    confirm = ConfirmForm(request.POST if do == "confirm" else None)
    return forms if line.is_confirmed else {"confirm": confirm, **forms}
