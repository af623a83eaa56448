"""The log as administrators read it: searched, followed from row to row, taken away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.audit import changes, queries, services
from partnership.audit.forms import LogFilter
from partnership.audit.models import AuditEntry
from partnership.lib import clock, lists, sheets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.keyset import stretch_of

SIZE = 50
COLUMNS = ["at", "who", "who_key", "acting_as", "verb", "kind", "key", "changes", "request"]
COLUMNS += ["network"]


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The lines that fit, newest first."""
    form = LogFilter(request.GET)
    rows = queries.fitting(cleaned_or_refuse(form))
    stretch = stretch_of(rows, request, by="at", size=SIZE)
    lines = queries.named(stretch.rows)
    for line in lines:
        line.told = list(changes.told(line.changes))  # type: ignore[attr-defined]
    count = queries.count(rows)
    context = {
        "form": form,
        "chips": chips(form, request.GET, quiet=("cursor",)),
        "stretch": stretch,
        "lines": lines,
        "count": min(count, queries.MOST_COUNTED),
        "is_more": count > queries.MOST_COUNTED,
    }
    return render(request, "audit/log.html", context)


@require_safe
def log_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same lines as a file. That it was taken is a line of the log too."""
    form = LogFilter(request.GET)
    # Not the line that this writes itself: the file holds as many as that line says.
    rows = queries.fitting(cleaned_or_refuse(form)).filter(at__lt=clock.of(request))
    count = rows[: sheets.MAX_ROWS + 1].count()
    sheets.refuse_too_many(count)
    answer = lists.sheet(request, "audit-log", COLUMNS, map(_cells, queries.all_named(rows)))
    asked = {name: changes.plain(value) for name, value in form.cleaned_data.items() if value}
    services.record(
        "list.export",
        at=clock.of(request),
        request=request,
        of=("auditlog", ""),
        changes={"list": "audit log", "rows": count, "filters": asked},
    )
    return answer


def _cells(line: Any) -> list[Any]:
    told = "; ".join(
        f"{name}: {before} → {after}" if before else f"{name}: {after}"
        for name, before, after in changes.told(line.changes)
    )
    own: AuditEntry = line
    what = [own.acting_as, own.verb, own.kind, own.key, told, own.request_id, own.network]
    return [own.at.isoformat(), line.who, own.actor, *what]
