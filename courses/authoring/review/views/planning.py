"""When a draft goes out by itself: said, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.authoring.review import queries
from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.forms import PlanForm
from courses.authoring.review.services import planning
from courses.authoring.views.doors import about, draft_or_404
from courses.catalogue.models import Edition
from partnership.lib import clock
from partnership.lib.errors import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The moment in the zone of whoever says it, and in UTC; what became of the plan before."""
    draft = draft_or_404(request, slug)
    zone = request.user.time_zone
    form = PlanForm(zone=zone)
    if request.method == "POST":
        form = PlanForm(None if "take-back" in request.POST else request.POST, zone=zone)
        if _done(request, draft, form):
            return redirect("courses:draft-plan", slug)
    found = queries.last_plan(draft)
    context = about(
        draft,
        form=form,
        plan=found,
        is_changed=bool(found) and found.fingerprint != fingerprint(draft),
    )
    status = 400 if form.errors else 200
    return render(request, "courses/authoring/review/plan.html", context, status=status)


def _done(request: HttpRequest, draft: Edition, form: PlanForm) -> bool:
    """Whether it was planned or taken back; else the form says why not."""
    given = {"by": request.user, "at": clock.of(request)}
    try:
        if "take-back" in request.POST:
            planning.take_back(draft, **given)
            messages.success(request, _("Taken back: it is not published then."))
            return True
        if not form.is_valid():
            return False
        wanted = form.cleaned_data
        planning.plan(draft, due_at=wanted["due_at"], zone=wanted["zone"], **given)
    except Refusal as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
            return False
        messages.error(request, str(refusal))
        return True
    messages.success(request, _("Planned."))
    return True
