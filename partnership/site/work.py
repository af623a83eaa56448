"""Work in the background: one's own, and on the desk all of it with the machines that do it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.jobs.names import name_of
from partnership.lib import clock
from partnership.lib.errors import BadQuery
from partnership.lib.paging import page_of
from partnership.site import machines
from partnership.site.outcomes import outcomes


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What I asked for: how far it is, and what came of it. Renews itself while one is live."""
    return render(request, "site/my_work.html", _listed(request, Job.objects.of(request.user)))


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Every job with its step, newest first, and how the machines are."""
    state = request.GET.get("state", "")
    if state and state not in Job.State:
        raise BadQuery({"state": [_("This is no state of a job.")]})
    rows = Job.objects.of(request.user, sees_all=True)
    context = _listed(request, rows.filter(state=state) if state else rows)
    counts = machines.jobs_by_state()
    context["states"] = [(each, each.label, counts.get(each, 0)) for each in Job.State]
    context["state"] = state
    context["machines"] = machines.look(clock.of(request))
    return render(request, "site/jobs.html", context)


def _listed(request: HttpRequest, rows: QuerySet[Job]) -> dict[str, object]:
    page, at = page_of(rows.select_related("requested_by"), request, size=50), clock.of(request)
    found = outcomes(page.object_list, request)
    for job in page.object_list:
        job.name, job.outcome = name_of(job.kind), found.get(job.pk)
        if (left := job.left(at)) is not None:
            job.done_at, job.is_nearly_done = at + left, left < timedelta(minutes=1)
    is_live = any(job.is_live for job in page.object_list)
    return {"page": page, "is_live": is_live, "at": at}


@require_POST
@transaction.atomic
def cancel_my_work(request: HttpRequest, uuid: UUID) -> HttpResponse:
    _cancel(request, get_object_or_404(Job.objects.of(request.user), uuid=uuid))
    return redirect("site:my-work")


@require_POST
@transaction.atomic
def cancel_job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    _cancel(request, get_object_or_404(Job.objects.of(request.user, sees_all=True), uuid=uuid))
    return redirect("site:jobs")


def _cancel(request: HttpRequest, job: Job) -> None:
    jobs.cancel(job, at=clock.of(request))
    audit.record("job.cancel", at=clock.of(request), request=request, of=("job", str(job.uuid)))
    messages.success(request, _("The job stops at its next step."))


@require_POST
@transaction.atomic
def retry_job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Three tries more for a job that has failed."""
    job = get_object_or_404(Job.objects.of(request.user, sees_all=True), uuid=uuid)
    jobs.retry(job, at=clock.of(request))
    audit.record("job.retry", at=clock.of(request), request=request, of=("job", str(job.uuid)))
    messages.success(request, _("The job is on its way again."))
    return redirect("site:jobs")


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
