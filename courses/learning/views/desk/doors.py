"""What every page of the desk begins with: whose course it is, and how a list is taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse

from courses.catalogue.models import Course
from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.lib import clock, sheets
from partnership.lib.api import CSVRenderer, XLSXRenderer
from partnership.lib.errors import BadQuery


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


def sheet(
    request: HttpRequest, name: str, columns: list[str], rows: Iterable[list[Any]]
) -> HttpResponseBase:
    """A list as a file of the format that the address names."""
    wanted = request.GET.get("format", "csv")
    if wanted not in ("csv", "xlsx"):
        raise BadQuery({"format": ["A list is taken away as csv or xlsx."]})
    is_csv = wanted == "csv"
    content = sheets.write_csv(columns, rows) if is_csv else sheets.write_xlsx(name, columns, rows)
    kind = (CSVRenderer if is_csv else XLSXRenderer).content_type
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response


def note_export(request: HttpRequest, what: str, count: int, *, course: str = "") -> None:
    """People's data left the site: who took how many rows of which list."""
    audit.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("course", course) if course else ("list", what),
        changes={"list": what, "rows": count},
    )
