"""What every page of the desk begins with: whose course it is, and who took which list away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from courses.catalogue.models import Course
from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.lib import clock


def courses_of(request: HttpRequest) -> Any:
    """The courses in which this person trains; all of them for who runs the site."""
    sees_all = Role.ADMINISTRATOR in request.roles
    return Course.objects.of(request.user, on=clock.of(request).date(), sees_all=sees_all)


def course_of(request: HttpRequest, slug: str) -> Course:
    """One of them. Another trainer's course does not exist here, and the try is written down."""
    course = courses_of(request).filter(slug=slug).first()
    if course is not None:
        return course
    if Course.objects.filter(slug=slug).exists():
        audit.record("denied", at=clock.of(request), request=request, of=("course", slug))
    raise Http404


def note_export(request: HttpRequest, what: str, count: int, *, course: str = "") -> None:
    """People's data left the site: who took how many rows of which list."""
    audit.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("course", course) if course else ("list", what),
        changes={"list": what, "rows": count},
    )
