"""The library as everybody reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnership.information.alerts import queries as alerts
from partnership.information.library import files, queries
from partnership.information.library.doors import is_keeper, readable
from partnership.information.library.forms import LibraryFilter
from partnership.information.models import Alert, Document, DocumentVersion
from partnership.lib import clock, datasets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.sources.queries import with_links

SIZE = 30


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All published documents, narrowed by what the address says."""
    form = LibraryFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    rows = queries.in_order(queries.documents(wanted), wanted["ordering"])
    in_use = chips(form, request.GET)
    form.count(wanted)
    context = {"form": form, "chips": in_use, "page": page_of(rows, request, size=SIZE)}
    context["dataset"] = datasets.block(_dataset(clock.of(request).date()))
    return render(request, "information/library/list.html", context)


def _dataset(day: date) -> datasets.Dataset:
    return datasets.Dataset(
        name=_("Library"),
        description=_(
            "Documents on cooperation under Article 6 of the Paris Agreement, each with its"
            " versions, its publisher and its own licence."
        ),
        page=reverse("library:list"),
        files=datasets.files_of(reverse("api:documents-list")),
        modified=day,
    )


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document with its newest version and those before."""
    return _shown(request, slug, None)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version under an address of its own; an older one says that it is."""
    return _shown(request, slug, number)


def _shown(request: HttpRequest, slug: str, number: int | None) -> HttpResponse:
    found = get_object_or_404(queries.whole(readable(request)), slug=slug)
    versions = _versions(request, found)
    [shown] = with_links([_named(versions, number)])
    context: dict[str, Any] = {
        "document": found,
        "version": shown,
        "versions": versions,
        "newest": next((row for row in versions if row.published_at), None),
        "is_keeper": is_keeper(request),
        "languages": dict(queries.named([found.language])),
    }
    if not found.withdrawn_at and context["newest"]:
        alert = Alert(kind="document", key=found.slug)
        context["follow"] = alerts.box(request.user, alert, found.title)
    return render(request, "information/library/document.html", context)


def _versions(request: HttpRequest, document: Document) -> list[DocumentVersion]:
    return queries.versions_of(document, sees_all=is_keeper(request))


def _named(versions: list[DocumentVersion], number: int | None) -> DocumentVersion:
    """The one of this number; without a number the newest that is published, or else the draft."""
    published = [row for row in versions if row.published_at] or versions
    fitting = [row for row in versions if row.number == number] if number else published
    if not fitting:
        raise Http404
    return fitting[0]


@require_safe
def file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The file of a version, for whoever may read the version."""
    found = get_object_or_404(readable(request), slug=slug)
    row = _named(_versions(request, found), number)
    if not row.key:
        raise Http404
    return files.given(row)
