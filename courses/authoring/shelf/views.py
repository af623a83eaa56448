"""The shelf of a course's pictures, the choice of one for a lesson, and the pictures themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring import previews
from courses.authoring.shelf import queries, services
from courses.authoring.shelf.forms import SendForm, ShelfAct
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course
from courses.learning.views.desk.doors import course_of, courses_of
from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

FORM = ("GET", "HEAD", "POST")
SIZE = 24
SANDBOX = "default-src 'none'; sandbox"
# The first is kept by browsers for good: under this address never lies another picture.
FOR_ALL, FOR_WRITERS = "private, max-age=31536000, immutable", "no-store"


@require_http_methods(FORM)
def shelf(request: HttpRequest, slug: str) -> HttpResponse:
    """All pictures with their words, where each is named, and what is pasted into a lesson."""
    course = course_of(request, slug)
    if "do" in request.POST:
        return _acted(request, course)
    form, picture = _sent(request, course)
    if picture:
        messages.success(request, _("“%(name)s” is on the shelf.") % {"name": picture})
        return redirect(_address(course, picture))
    page = page_of(queries.shelf(course), request, size=SIZE)
    named = queries.places(course)
    for row in page.object_list:
        row.places = named.get(str(row.uuid), [])
    removed = Picture.objects.filter(course=course, removed_at__isnull=False)
    context = {
        "course": course,
        "form": form,
        "page": page,
        "removed": list(removed.order_by("-removed_at")[:SIZE]),
        "kept_days": services.KEPT.days,
    }
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/shelf/shelf.html", context, status=status)


@require_http_methods(FORM)
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a part of the page on which a lesson is written."""
    course = course_of(request, slug)
    form, picture = _sent(request, course)
    context = {
        "course": course,
        "form": SendForm(auto_id="send_%s") if picture else form,
        "sent": picture,
        "pictures": list(queries.shelf(course)[: services.MOST]),
    }
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/shelf/_choose.html", context, status=status)


def _sent(request: HttpRequest, course: Course) -> tuple[SendForm, Picture | None]:
    """The form as it was sent, and the picture if it was taken."""
    if request.method != "POST":
        return SendForm(auto_id="send_%s"), None
    form, at = SendForm(request.POST, request.FILES, auto_id="send_%s"), clock.of(request)
    if not form.is_valid():
        return form, None
    file, alt = form.cleaned_data["file"], form.cleaned_data["alt"]
    try:
        told = services.Told(file.name, alt)
        picture = services.add(course, file, told, by=request.user, at=at)
        services.forget_old(course, at)
        return form, picture
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return form, None


def _acted(request: HttpRequest, course: Course) -> HttpResponse:
    asked = cleaned_or_refuse(ShelfAct(request.POST))
    row = get_object_or_404(Picture, course=course, uuid=asked["picture"])
    row.course, by, at = course, request.user, clock.of(request)
    try:
        if asked["do"] == "describe":
            services.describe(row, asked["alt"], by=by, at=at)
            messages.success(request, _("Saved. Lessons that name it keep the words they have."))
        elif asked["do"] == "remove":
            services.remove(row, by=by, at=at)
            messages.success(
                request, _("“%(name)s” is taken off. It can be put back.") % {"name": row}
            )
        else:
            services.put_back(row, by=by, at=at)
            messages.success(request, _("“%(name)s” is back.") % {"name": row})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(course, row))


def _address(course: Course, row: Picture) -> str:
    return f"{reverse('courses:shelf', args=[course.slug])}#picture-{row.uuid}"


@require_safe
def picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponse:
    """One file: for everybody where a published lesson shows it, else for who writes the course.

    To anyone else it does not exist, however the address was come by.
    """
    row = get_object_or_404(Picture, uuid=uuid)
    if queries.is_read(row):
        return _file(row, width, FOR_ALL)
    if _writes(request, row) or (request.user.is_authenticated and queries.is_asked(row)):
        return _file(row, width, FOR_WRITERS)
    raise Http404


def _writes(request: HttpRequest, row: Picture) -> bool:
    may = not {Role.TRAINER, Role.ADMINISTRATOR}.isdisjoint(request.roles)
    return may and courses_of(request).filter(pk=row.course_id).exists()


@require_safe
def shared_picture(request: HttpRequest, token: str, uuid: UUID, width: int) -> HttpResponse:
    """A picture for who reads a draft by its link: if a lesson of that draft shows it."""
    opened = previews.opened(token, clock.of(request))
    rows: Any = Picture.objects.filter(course__editions=opened.edition if opened else 0)
    row = get_object_or_404(rows, uuid=uuid)
    if not opened or not queries.is_in_draft(row, opened.edition):
        raise Http404
    return _file(row, width, FOR_WRITERS)


def _file(row: Picture, width: int, may_be_kept: str) -> HttpResponse:
    key = row.key_of(width)
    try:
        if key is None:
            raise FileNotFoundError
        with default_storage.open(key) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type="image/webp")
    response["Cache-Control"] = may_be_kept
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
