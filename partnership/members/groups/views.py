"""Working groups: the own ones, what each works on, and the secretariat's part in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.audit import services as audit
from partnership.lib import clock, lists
from partnership.lib.errors import Refusal
from partnership.members.groups import queries, services
from partnership.members.groups.files import MEDIA_TYPES
from partnership.members.groups.forms import DocumentForm, GroupForm, SeatForm
from partnership.members.models import GroupDocument, GroupSeat, WorkingGroup
from partnership.members.views.doors import (
    kept_file,
    number_sent,
    sees_all,
    today,
    uuid_sent,
)

COLUMNS = ["name", "chair", "country", "institution", "title", "since"]


def _groups(request: HttpRequest) -> Any:
    return WorkingGroup.objects.of(request.user, on=today(request), sees_all=sees_all(request))


def _group(request: HttpRequest, slug: str) -> WorkingGroup:
    """One in which this person sits. Another does not exist here."""
    return get_object_or_404(_groups(request), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def group_list(request: HttpRequest) -> HttpResponse:
    """The own groups; the secretariat sees all and founds new ones here."""
    is_sent = request.method == "POST"
    form = GroupForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            typed = form.cleaned_data
            group = services.found(
                typed["name"], typed["purpose"], by=request.user, at=clock.of(request)
            )
        except services.NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The working group is founded. Now give out its seats."))
            return redirect(group)
    context = {
        "groups": queries.counted(_groups(request), today(request)),
        "form": form,
        "is_secretariat": sees_all(request),
    }
    return render(request, "members/groups/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Its people and documents, and the forms of those who may change them."""
    group, at = _group(request, slug), clock.of(request)
    found = queries.documents(group, sees_all=sees_all(request))
    seats = queries.seats_on(group, at.date())
    forms = _forms(request, found)
    if request.method == "POST" and _changed(request, group, forms):
        return redirect(group)
    mine = next((row for row in seats if row.person_id == request.user.pk), None)
    may_write = sees_all(request) or bool(mine and mine.is_chair)
    context = {
        **forms,
        "group": group,
        "seats": seats,
        "documents": found,
        "is_secretariat": sees_all(request),
        "may_write": may_write,
        "may_add": may_write and group.closed_on is None,
    }
    return render(request, "members/groups/one.html", context)


def _forms(request: HttpRequest, found: list[Any]) -> dict[str, Any]:
    """The form that was sent holds what was typed; the other is empty."""
    sent = request.POST.get("do") if request.method == "POST" else None
    shown = [
        (str(row.uuid), row.title) for row in found if not row.is_older and not row.withdrawn_at
    ]
    document = (request.POST, request.FILES) if sent == "add" else (None, None)
    return {
        "seat_form": SeatForm(request.POST if sent == "seat" else None),
        "document_form": DocumentForm(*document, shown=shown),
    }


def _changed(request: HttpRequest, group: WorkingGroup, forms: dict[str, Any]) -> bool:
    """Do what was asked; False when a form has to be shown again with what is wrong."""
    by, at = request.user, clock.of(request)
    match request.POST.get("do"):
        case "seat":
            return _seated(request, group, forms["seat_form"])
        case "add":
            return _added(request, group, forms["document_form"])
        case "end":
            seats = GroupSeat.objects.filter(group=group).select_related("person", "group")
            row = get_object_or_404(seats, pk=number_sent(request))
            services.end_seat(row, by=by, at=at)
            told = _("%s leaves the group with today. A new seat today takes that back.")
            messages.success(request, told % row.person)
        case "withdraw":
            document = _document(group, uuid_sent(request))
            services.withdraw(document, by=by, at=at)
            messages.success(request, _("The document is no longer shown to the group."))
        case "close":
            services.close(group, by=by, at=at)
            messages.success(request, _("The group is closed. Its people can still read it."))
        case _:
            raise Http404
    return True


def _seated(request: HttpRequest, group: WorkingGroup, form: SeatForm) -> bool:
    if not form.is_valid():
        return False
    person, is_chair = form.person, form.cleaned_data["is_chair"]
    try:
        services.seat(group, person, is_chair=is_chair, by=request.user, at=clock.of(request))
    except services.SeatHeld as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, _("%s has a seat. A mail says so.") % person)
    return True


def _added(request: HttpRequest, group: WorkingGroup, form: DocumentForm) -> bool:
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    older = _document(group, UUID(typed["replaces"])) if typed["replaces"] else None
    try:
        about = services.Described(
            typed["title"], typed["language"], typed["what_changed"], replaces=older
        )
        services.add_document(group, typed["file"], about, by=request.user, at=clock.of(request))
    except Refusal as refusal:
        if refusal.code not in ("file_refused", "document_there"):
            raise
        form.add_error("file", str(refusal))
        return False
    messages.success(request, _("The document is in the list."))
    return True


def _document(group: WorkingGroup, uuid: UUID) -> GroupDocument:
    return get_object_or_404(group.documents.select_related("group"), uuid=uuid)


@require_safe
def document(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """The file, for who sits in the group."""
    row = _document(_group(request, slug), uuid)
    if row.withdrawn_at and not sees_all(request):
        raise Http404
    name = f"{slugify(row.title)[:60] or 'document'}.{row.kind}"
    return kept_file(row.key, name=name, media_type=MEDIA_TYPES[row.kind])


@require_safe
def people_sheet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who sits in it, as a sheet: without addresses, and only for who may write."""
    group, at = _group(request, slug), clock.of(request)
    if not services.may_write(group, request.user, at=at):
        raise Http404
    seats = queries.seats_on(group, at.date())
    changes = {"list": "people", "rows": len(seats)}
    audit.record("list.export", at=at, request=request, of=("group", group.slug), changes=changes)
    return lists.sheet(request, group.slug, COLUMNS, map(_row, seats))


def _row(seat: Any) -> list[Any]:
    country, institution = (seat.post and seat.post.country), (seat.post and seat.post.institution)
    return [
        str(seat.person),
        "yes" if seat.is_chair else "no",
        country.iso3 if country else None,
        institution.name if institution else None,
        seat.post.title if seat.post else "",
        seat.begins_on,
    ]
