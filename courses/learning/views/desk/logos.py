"""The partner's sign on the certificates of a course."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.learning.logo_forms import LogoForm
from courses.learning.models import PartnerLogo
from courses.learning.services import logos
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock
from partnership.lib.errors import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """The sign that stands, and another in its place."""
    course = course_of(request, slug)
    given = {"by": request.user, "at": clock.of(request)}
    is_off = request.POST.get("act") == "off"
    is_sent = request.method == "POST" and not is_off
    form = LogoForm(request.POST if is_sent else None, request.FILES or None)
    if is_off:
        logos.take_off(course, **given)
        messages.success(request, _("Certificates from now on bear no sign."))
        return redirect("courses:course-logo", slug)
    if is_sent and form.is_valid():
        file, partner = form.cleaned_data["picture"], form.cleaned_data["partner"]
        try:
            logos.load(course, file, partner=partner, **given)
        except Refusal as refusal:
            form.add_error("picture", str(refusal))
        else:
            messages.success(request, _("Certificates from now on bear this sign."))
            return redirect("courses:course-logo", slug)
    context = {"course": course, "logo": logos.standing(course.pk), "form": form}
    status = 400 if form.errors else 200
    return render(request, "courses/desk/logo.html", context, status=status)


@require_safe
def picture(request: HttpRequest, sha: str) -> HttpResponse:
    """A sign as it was loaded. Its address is made of its bytes, so it never changes."""
    row = PartnerLogo.objects.filter(sha256=sha).order_by("pk").first()
    if row is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(bytes(row.picture), content_type="image/png", headers=headers)
