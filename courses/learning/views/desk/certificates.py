"""One certificate of a course: its state, ending it, issuing it anew under another name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.learning import codes
from courses.learning.desk_forms import WithdrawForm
from courses.learning.models import Certificate
from courses.learning.services import certificates as services
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What it says and whether it stands. Sending the form withdraws it, for good."""
    found, course = _certificate(request, slug, code)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.withdraw(found, **told, by=request.user, at=clock.of(request))
        messages.success(request, _("One certificate was withdrawn. Its check page says so."))
        return redirect("courses:desk-certificate", slug, found.shown_code)
    learner = found.learner
    context = {
        "course": course,
        "certificate": found,
        "form": form,
        "is_valid": found.state == Certificate.State.VALID,
        "has_other_name": learner is not None
        and (learner.name, learner.latin_name) != (found.name, found.latin_name),
        "earlier": Certificate.objects.filter(replaced_by=found).first(),
    }
    return render(request, "courses/desk/certificate.html", context)


@require_POST
def reissue(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The same achievement under the name as it is now; the old one says what replaced it."""
    found, _course = _certificate(request, slug, code)
    new = services.reissue(found, by=request.user, at=clock.of(request))
    messages.success(request, _("One certificate was issued anew; its holder is told by mail."))
    return redirect("courses:desk-certificate", slug, new.shown_code)


def _certificate(request: HttpRequest, slug: str, code: str) -> tuple[Certificate, object]:
    course = course_of(request, slug)
    rows = Certificate.objects.filter(edition__course=course)
    rows = rows.select_related("learner", "edition", "replaced_by")
    return get_object_or_404(rows, code=codes.parse_code(code)), course
