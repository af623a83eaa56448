"""The desk of those who run the site: jobs, and what is still to be confirmed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts.models import Role
from partnership.agreements import queries as agreements
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.paging import page_of
from partnership.members.models import CountryGroup
from partnership.site import policy

JOB_NAMES = {
    "jobs.trial": gettext_lazy("Trial of the workers"),
    "search.rebuild": gettext_lazy("Search index"),
    "courses.regrade_trial": gettext_lazy("Trial of grading a quiz again"),
    "courses.regrade": gettext_lazy("Grading a quiz again"),
    "questions.read": gettext_lazy("Reading a file of questions"),
    "imports.try": gettext_lazy("Trial of an import"),
    "imports.apply": gettext_lazy("Import of a sheet"),
    "imports.undo": gettext_lazy("Taking an import back"),
    "library.draw": gettext_lazy("Drawing out the text of a document"),
    "library.index": gettext_lazy("Search index of the library"),
    "letters.send": gettext_lazy("Sending a letter"),
    "data.export": gettext_lazy("File with a person's data"),
    "data.erase": gettext_lazy("Erasing a person"),
    "data.sweep": gettext_lazy("Removing what was kept long enough"),
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What this person can do here."""
    is_administrator = Role.ADMINISTRATOR in request.roles
    is_editor = not policy.EDITORS.isdisjoint(request.roles)
    context = {
        "is_administrator": is_administrator,
        "is_editor": is_editor,
        "roles": [Role(role).label for role in sorted(request.roles)],
        "to_confirm": agreements.to_confirm().count() if is_editor else 0,
    }
    return render(request, "site/desk.html", context)


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Every job with its step, newest first. The page renews itself while one is live."""
    rows = Job.objects.of(request.user, sees_all=True).select_related("requested_by")
    page = page_of(rows, request, size=50)
    for job in page.object_list:
        job.name = JOB_NAMES.get(job.kind, job.kind)
    is_live = any(job.is_live for job in page.object_list)
    return render(
        request, "site/jobs.html", {"page": page, "is_live": is_live, "at": clock.of(request)}
    )


@require_POST
@transaction.atomic
def try_workers(request: HttpRequest) -> HttpResponse:
    """Start the job that only counts, to see that workers, broker and sweep do their work."""
    payload = {"steps": 20, "pause": 0.5}
    job = jobs.enqueue("jobs.trial", at=clock.of(request), payload=payload, by=request.user)
    return _started(request, job)


@require_POST
@transaction.atomic
def rebuild_search(request: HttpRequest) -> HttpResponse:
    return _started(request, jobs.enqueue("search.rebuild", at=clock.of(request), by=request.user))


@require_POST
@transaction.atomic
def cancel_job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.of(request.user, sees_all=True), uuid=uuid)
    jobs.cancel(job, at=clock.of(request))
    audit.record("job.cancel", at=clock.of(request), request=request, of=("job", str(job.uuid)))
    messages.success(request, _("The job stops at its next step."))
    return redirect("site:jobs")


@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    """What stands in the register or a profile although no source was read for it."""
    context = {
        "lines": agreements.to_confirm(),
        "groups": CountryGroup.objects.filter(is_confirmed=False)
        .select_related("country", "source")
        .order_by("country__sort_key"),
    }
    return render(request, "site/to_confirm.html", context)


def _started(request: HttpRequest, job: Job) -> HttpResponse:
    changes = {"kind": job.kind}
    audit.record(
        "job.start",
        at=clock.of(request),
        request=request,
        of=("job", str(job.uuid)),
        changes=changes,
    )
    messages.success(request, _("The job is on its way."))
    return redirect("site:jobs")
