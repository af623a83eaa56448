"""The editors' desk of facts and sources."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of
from partnership.sources import queries, services
from partnership.sources.forms import (
    FactForm,
    FactsFilter,
    SourceForm,
    SourcesFilter,
    ValueForm,
    WordingForm,
)
from partnership.sources.models import DatedFact, Source

SIZE = 50
# What a newer value is begun with: usually the same source counts the same thing again.
TAKEN_OVER = ("qualifier", "unit", "attributed_to", "definition", "is_ours")


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    form = FactsFilter(request.GET)
    page = page_of(queries.facts(cleaned_or_refuse(form)), request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    return render(request, "sources/desk/facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_fact(request: HttpRequest) -> HttpResponse:
    form = FactForm(request.POST if request.method == "POST" else None)
    made: list[DatedFact] = []

    def add() -> None:
        made.append(services.add_fact(form.cleaned_data, by=request.user, at=clock.of(request)))

    if form.is_valid() and saved(request, form, add):
        return redirect("sources:fact", made[0].key)
    return render(request, "sources/desk/add_fact.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, key: str) -> HttpResponse:
    """A figure with all its values; a newer one, and how the newest is told."""
    values = queries.values_of(key)
    if not values:
        raise Http404
    if values[0].of_figure != key:
        return redirect("sources:fact", values[0].of_figure)
    followed = {row.follows_id for row in values}
    newest = next(row for row in values if row.pk not in followed)
    forms = _forms(request, newest)
    do = request.POST.get("do", "")
    if do in forms and forms[do].is_valid() and _wrote(request, newest, do, forms[do]):
        return redirect("sources:fact", key)
    context = {"newest": newest, "values": values, "forms": forms, "sent": forms.get(do)}
    return render(request, "sources/desk/fact.html", context)


def _forms(request: HttpRequest, newest: DatedFact) -> dict[str, Form]:
    def made(name: str, form: type[Form], known: tuple[str, ...]) -> Form:
        sent = request.POST if request.POST.get("do") == name else None
        initial = {column: getattr(newest, column) for column in known}
        return form(sent, initial=initial, auto_id=f"id_{name}_%s")

    return {
        "value": made("value", ValueForm, TAKEN_OVER),
        "wording": made("wording", WordingForm, tuple(WordingForm.base_fields)),
    }


def _wrote(request: HttpRequest, newest: DatedFact, do: str, form: Form) -> bool:
    typed, at = form.cleaned_data, clock.of(request)
    change: Any = services.add_value if do == "value" else services.reword_fact
    return saved(request, form, lambda: change(newest, typed, by=request.user, at=at))


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    form = SourcesFilter(request.GET)
    page = page_of(queries.sources(cleaned_or_refuse(form)), request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    return render(request, "sources/desk/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A source to be changed, or a new one where none is named."""
    row = get_object_or_404(Source, slug=slug) if slug else None
    known = {name: getattr(row, name) for name in SourceForm.base_fields} if row else None
    form = SourceForm(request.POST if request.method == "POST" else None, initial=known)

    def write() -> None:
        typed, at = form.cleaned_data, clock.of(request)
        if row is None:
            services.add_source(typed, by=request.user, at=at)
        else:
            services.change_source(row, typed, by=request.user, at=at)

    if form.is_valid() and saved(request, form, write):
        return redirect("sources:sources")
    queries.with_links([row] if row else [])
    return render(request, "sources/desk/source.html", {"form": form, "source": row})
