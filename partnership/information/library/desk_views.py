"""The desk of who keeps the library: drafts, versions, publishing, and whole lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.information.drawing.reading import sentence
from partnership.information.library import bringing, queries, services
from partnership.information.library.forms import (
    DeskFilter,
    DocumentForm,
    FirstVersionForm,
    ListForm,
    NextVersionForm,
    WithdrawForm,
    WordsForm,
)
from partnership.information.models import Document, DocumentVersion
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of
from partnership.lib.sheets import SheetRefused

SIZE = 50


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Every document, also what is not public."""
    form = DeskFilter(request.GET)
    page = page_of(queries.desk(cleaned_or_refuse(form)), request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    return render(request, "information/library/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A document with its first version, as a draft."""
    sent = request.method == "POST"
    form = DocumentForm(request.POST if sent else None)
    version = FirstVersionForm(*((request.POST, request.FILES) if sent else ()))
    made: list[Document] = []

    def write() -> None:
        words, file = version.words(), version.cleaned_data["file"]
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        made.append(services.add_document(form.cleaned_data, words, file, **given))

    if sent and all([form.is_valid(), version.is_valid()]) and saved(request, form, write):
        return redirect("library:one", made[0].slug)
    context = {"form": form, "version_form": version}
    return render(request, "information/library/desk/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A whole list: each row that is right becomes a draft, what is wrong is told by its row."""
    sent = request.method == "POST"
    form = ListForm(*((request.POST, request.FILES) if sent else ()))
    brought = None
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = bringing.bring(file, file.name, by=request.user, at=clock.of(request))
        except (SheetRefused, bringing.ListRefused) as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "brought": brought, "columns": bringing.COLUMNS}
    return render(request, "information/library/desk/bring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """A document with all its versions, and what can be done with it now."""
    row = get_object_or_404(queries.whole(Document.objects.all()), slug=slug)
    versions = queries.versions_of(row, sees_all=True)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    forms = _forms(request, row, versions, do)
    if do and _did(request, row, versions, forms):
        is_there = Document.objects.filter(pk=row.pk).exists()
        return redirect("library:one", slug) if is_there else redirect("library:desk")
    context = {
        "document": row,
        "versions": versions,
        "draft": versions[0] if versions and not versions[0].published_at else None,
        "is_public": not row.withdrawn_at and any(one.published_at for one in versions),
        "twins": queries.twins(versions),
        "forms": forms,
        "sent": forms.get(do),
        "at": clock.of(request),
    }
    version: Any
    for version in versions:
        version.told = list(map(_told, version.problems))
    return render(request, "information/library/desk/one.html", context)


def _told(problem: dict[str, Any]) -> dict[str, Any]:
    return {**problem, "sentence": sentence(problem["code"])}


def _forms(
    request: HttpRequest, row: Document, versions: list[DocumentVersion], do: str
) -> dict[str, Any]:
    """The form that was sent holds what was typed; the others what is known."""

    def made(name: str, form: Any, known: dict[str, Any] | None = None) -> Any:
        sent = (request.POST, request.FILES) if name == do else (None, None)
        return form(*sent, initial=known or {}, auto_id=f"id_{name}_%s")

    forms = {
        "change": made("change", DocumentForm, DocumentForm.known(row)),
        "version": made("version", NextVersionForm),
        "withdraw": made("withdraw", WithdrawForm),
    }
    if versions:
        forms["words"] = made("words", WordsForm, WordsForm.known(versions[0]))
        forms["words"].fields["what_changed"].required = versions[0].number > 1
    return forms


def _did(
    request: HttpRequest, row: Document, versions: list[DocumentVersion], forms: dict[str, Any]
) -> bool:
    """Do what was asked; False when a form has to be shown again with what is wrong."""
    do = request.POST["do"]
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
    if do in forms:
        return forms[do].is_valid() and saved(
            request, forms[do], lambda: _write(row, versions, do, forms[do], given)
        )
    acts: dict[str, Any] = {
        "publish": lambda: services.publish(_newest(versions), **given),
        "discard": lambda: services.discard(_newest(versions), **given),
        "show": lambda: services.show_again(row, **given),
        "draw": lambda: services.draw_again(_newest(versions), **given),
    }
    if do not in acts:
        raise Http404
    try:
        acts[do]()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return True


def _newest(versions: list[DocumentVersion]) -> DocumentVersion:
    if not versions:
        raise Http404
    return versions[0]


def _write(
    row: Document, versions: list[DocumentVersion], do: str, form: Any, given: dict[str, Any]
) -> None:
    match do:
        case "change":
            services.change_document(row, form.cleaned_data, **given)
        case "version":
            services.add_version(row, form.words(), form.cleaned_data["file"], **given)
        case "words":
            services.change_version(_newest(versions), form.words(), **given)
        case "withdraw":
            services.withdraw(row, form.cleaned_data["because"], **given)
