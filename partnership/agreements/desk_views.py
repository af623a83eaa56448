"""The editors' desk of the register."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.agreements import queries, services
from partnership.agreements.desk_forms import (
    CheckForm,
    ConfirmForm,
    CorrectForm,
    DeskFilter,
    LineForm,
    PairForm,
)
from partnership.agreements.models import Agreement, AgreementStage
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of

SIZE = 50


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement, also one that the register does not show yet."""
    form = DeskFilter(request.GET)
    wanted, day = cleaned_or_refuse(form), clock.of(request).date()
    page = page_of(queries.desk(wanted, day=day), request, size=SIZE)
    for row in page.object_list:
        row.line = queries.current(row.lines)
        row.is_unchecked = bool(row.lines) and queries.is_unchecked(row.lines, day=day)
        row.unread = sum(not line.is_confirmed for line in row.lines)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "to_confirm": queries.to_confirm().count(),
    }
    return render(request, "agreements/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A pair with its first line."""
    sent = request.POST if request.method == "POST" else None
    pair, line = PairForm(sent), LineForm(sent)
    made: list[Agreement] = []

    def write() -> None:
        words = dict(pair.cleaned_data)
        is_further = words.pop("is_further")
        first = dict(line.cleaned_data)
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        given |= {"is_further": is_further, "reason": first.pop("reason")}
        made.append(services.add_agreement(words, first, **given))

    if sent and all([pair.is_valid(), line.is_valid()]) and saved(request, pair, write):
        return redirect("register:one", made[0].slug)
    return render(request, "agreements/desk/add.html", {"pair": pair, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """All lines of an agreement, also those that were put right, and a further one."""
    row = _agreement(slug)
    form = LineForm(request.POST if request.method == "POST" else None)

    def write() -> None:
        words = dict(form.cleaned_data)
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        services.add_line(row, words, reason=words.pop("reason"), **given)

    if form.is_valid() and saved(request, form, write):
        return redirect("register:one", slug)
    lines = queries.all_lines(row)
    context = {
        "agreement": row,
        "lines": [line for line in lines if line.corrected_at is None],
        "replaced": [line for line in lines if line.corrected_at],
        "form": form,
    }
    return render(request, "agreements/desk/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """One line that counts: confirmed where it was read, put right where it is wrong."""
    row = _agreement(slug)
    found = _line(row, handle)
    do = request.POST.get("do", "")
    forms = _forms(request, found, do)
    if do in forms and forms[do].is_valid() and _wrote(request, found, do, forms[do]):
        return redirect("register:one", slug)
    context = {"agreement": row, "line": found, "forms": forms, "sent": forms.get(do)}
    return render(request, "agreements/desk/line.html", context)


def _agreement(slug: str) -> Agreement:
    return get_object_or_404(Agreement.objects.select_related("acquiring", "host"), slug=slug)


def _line(row: Agreement, handle: str) -> AgreementStage:
    for line in queries.all_lines(row):
        if line.corrected_at is None and line.handle == handle:
            return line
    raise Http404


def _forms(request: HttpRequest, line: AgreementStage, do: str) -> dict[str, Any]:
    """Correcting is there for every line; confirming for one that was not read, else checking."""

    def made(name: str, form: Any) -> Any:
        known = {column: getattr(line, column, None) for column in form.base_fields}
        known |= {"source": line.source.slug if line.source else None}
        known.pop("reason")
        return form(request.POST if do == name else None, initial=known, auto_id=f"id_{name}_%s")

    forms = {"correct": made("correct", CorrectForm)}
    if line.is_confirmed:
        return {"check": made("check", CheckForm), **forms}
    confirm = made("confirm", ConfirmForm)
    # Whoever confirms says where they read it: "editors' knowledge" is named as a source too.
    confirm.initial["source"] = None
    return {"confirm": confirm, **forms}


def _wrote(request: HttpRequest, line: AgreementStage, do: str, form: Any) -> bool:
    words = dict(form.cleaned_data)
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
    given["reason"] = words.pop("reason")

    def write() -> None:
        match do:
            case "check":
                services.check_line(line, **given)
            case "confirm":
                services.confirm_line(line, words, **given)
            case _:
                services.correct_line(line, words, **given)

    return saved(request, form, write)
