"""What every page of a delegation begins with: whose it is, and who took which list away."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.members import delegations
from partnership.members.delegations import Delegation
from partnership.members.models import JoinRequest
from partnership.members.refusals import DayWrong

SIZE = 50
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def sees_all(request: HttpRequest) -> bool:
    return Role.ADMINISTRATOR in request.roles  # type: ignore[attr-defined]


def today(request: HttpRequest) -> date:
    return clock.of(request).date()


def number_sent(request: HttpRequest, name: str = "row") -> int:
    """The key of a row as a form names it; 0, which no row has, for what is none or too long."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def uuid_sent(request: HttpRequest, name: str = "row") -> UUID:
    """The same of rows that are named by a UUID. What is none names nothing."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def day_sent(request: HttpRequest) -> date:
    """The last day that was typed; nothing typed is today."""
    typed = request.POST.get("last_day", "")
    try:
        return date.fromisoformat(typed) if typed else today(request)
    except ValueError:
        raise DayWrong(_("Write the day as year-month-day, such as 2026-03-31.")) from None


def own_delegations(request: HttpRequest) -> list[Delegation]:
    return delegations.run_by(request.user, on=today(request))


def delegation_of(request: HttpRequest, kind: str, key: str) -> Delegation:
    """One that this person runs; for the secretariat any. Another's does not exist here."""
    found = delegations.find(kind, key)
    if found is None:
        raise Http404
    if sees_all(request) or found in own_delegations(request):
        return found
    audit.record("denied", at=clock.of(request), request=request, of=("delegation", found.handle))
    raise Http404


def own(request: HttpRequest, rows: Any, delegation: Delegation) -> Any:
    """The rows of the delegation, through the one door."""
    mine = rows.of(request.user, on=today(request), sees_all=sees_all(request))
    return mine.at(delegation.where)


def frame(request: HttpRequest, delegation: Delegation, tab: str) -> dict[str, Any]:
    """What the head of each page shows."""
    return {
        "delegation": delegation,
        "tab": tab,
        "waiting": own(request, JoinRequest.objects.waiting(), delegation).count(),
    }


def note_export(request: HttpRequest, delegation: Delegation, what: str, count: int) -> None:
    """People's data left the site: who took how many rows of which list."""
    audit.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("delegation", delegation.handle),
        changes={"list": what, "rows": count},
    )


def kept_file(key: str, *, name: str, media_type: str) -> HttpResponse:
    """A file that somebody sent us, to be kept and never shown inside a page of ours."""
    try:
        with default_storage.open(key) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
