"""The desk of who keeps the library: drafts, versions, publishing, and whole lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.information.drawing.reading import sentence
from partnership.information.library import (
    bringing,
    fetching,
    items,
    publishing,
    queries,
    services,
)
from partnership.information.library.forms import (
    DeskFilter,
    DocumentForm,
    FirstVersionForm,
    ListForm,
    NextVersionForm,
    PublishForm,
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


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """Every document, also what is not public; many drafts are published from here at once."""
    form = DeskFilter(request.GET)
    rows = queries.desk(cleaned_or_refuse(form))
    if request.method == "POST":
        return _published(request, rows)
    page = page_of(rows, request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    context["has_drafts"] = any(document.has_draft for document in page.object_list)
    context["seen"] = clock.of(request).isoformat(timespec="microseconds")
    return render(request, "information/library/desk/list.html", context)


def _published(request: HttpRequest, rows: Any) -> HttpResponse:
    wanted = cleaned_or_refuse(PublishForm(request.POST))
    if wanted["all"] == "no":
        rows = rows.filter(slug__in=request.POST.getlist("pick")[:SIZE])
    told = publishing.publish_many(
        rows.order_by().values("pk"), seen=wanted["seen"], by=request.user, at=clock.of(request)
    )
    messages.success(request, told.told())
    return redirect(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A document with its first version, as a draft."""
    item = items.accepted_or_404(request.GET["item"]) if "item" in request.GET else None
    if item and item.document:
        return redirect("library:one", item.document.slug)
    form, version, made = _asked_for(request, partial(items.add_document, item) if item else None)
    if made:
        return redirect("library:one", made.slug)
    if item and request.method != "POST":
        form.initial, version.initial = items.known(item)
    context = {"form": form, "version_form": version, "item": item}
    return render(request, "information/library/desk/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A trainer offers a document; who keeps the library looks at it and publishes it."""
    form, version, made = _asked_for(request, services.propose_document)
    if made:
        return redirect("library:propose")
    rows: list[Any] = queries.proposals_of(request.user)
    for row in rows:
        row.told = list(map(_told, row.problems))
    context = {"form": form, "version_form": version, "rows": rows}
    return render(request, "information/library/desk/propose.html", context)


def _asked_for(
    request: HttpRequest, make: Callable[..., Document] | None
) -> tuple[DocumentForm, FirstVersionForm, Document | None]:
    """The two forms of a document, and the document itself where they were sent and are right."""
    sent = request.method == "POST"
    form = DocumentForm(request.POST if sent else None)
    version = FirstVersionForm(*((request.POST, request.FILES) if sent else ()))
    made: list[Document] = []

    def write() -> None:
        words, file = version.words(), version.cleaned_data["file"]
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        made.append((make or services.add_document)(form.cleaned_data, words, file, **given))

    is_right = sent and all([form.is_valid(), version.is_valid()])
    return form, version, made[0] if is_right and saved(request, form, write) else None


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A whole list: each row that is right becomes a draft, what is wrong is told by its row."""
    sent = request.method == "POST"
    form = ListForm(*((request.POST, request.FILES) if sent else ()))
    brought = None
    if sent and form.is_valid():
        file, fetch = form.cleaned_data["file"], form.cleaned_data["fetch"]
        given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
        try:
            brought = bringing.bring(file, file.name, fetch=fetch, **given)
        except (SheetRefused, bringing.ListRefused) as refusal:
            form.add_error("file", str(refusal))
    taken = {"columns": bringing.COLUMNS, "kinds": Document.Kind.values}
    context = {"form": form, "brought": brought, **taken}
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
    if problem["code"] == queries.NOT_FETCHED:
        return {**problem, "sentence": fetching.sentence(problem["why"])}
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
        "fetch": lambda: services.fetch(_newest(versions), **given),
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
