"""Checking a certificate, in public; a person's own record, name and papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.learning import badge_keys, checking, codes, pdf, records, throttle
from courses.learning.lettering import letter
from courses.learning.models import Certificate
from courses.learning.names import NameForm
from courses.learning.services import certificates as services
from courses.learning.services.completion import confirm_name as confirm
from partnership.lib import clock

State = Certificate.State


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Type a code as it was read out or printed."""
    typed = request.GET.get("code", "").strip()
    if typed:
        code = codes.parse_code(typed)
        return redirect("courses:verify", codes.shown(code)) if code else _told(request, typed)
    return render(request, "courses/learning/verify_form.html")


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is stored under a code, as it is stored."""
    parsed = codes.parse_code(code)
    if parsed and code != codes.shown(parsed):
        return redirect("courses:verify", codes.shown(parsed))
    return _told(request, code)


def _told(request: HttpRequest, typed: str) -> HttpResponse:
    """The certificate; or that nothing stands there: a slip of typing, or no code of ours."""
    code = codes.parse_code(typed)
    try:
        certificate = checking.look_up(request, code, clock.of(request))
    except checking.TooFast:
        return _too_fast(request)
    if certificate is None:
        context = {"typed": typed[: codes.LONGEST], "is_whole": code is not None}
        return render(request, "courses/learning/verify_form.html", context, status=404)
    shows_name = checking.shows_name(certificate, request.GET.get("name"))
    is_own = request.user.is_authenticated and request.user.pk == certificate.learner_id
    context = {
        "certificate": certificate,
        "shows_name": shows_name,
        "has_badge": is_own and certificate.state == State.VALID and badge_keys.is_offered(),
    }
    return render(request, "courses/learning/verify.html", context)


def _too_fast(request: HttpRequest) -> HttpResponse:
    context = {
        "code": 429,
        "title": _("Too many wrong codes"),
        "sentence": _(
            "Very many wrong codes came from your network within a minute. Nothing is locked: "
            "wait a minute and try again."
        ),
        "suggestions": [(reverse("courses:verify-form"), _("Check a certificate"))],
        "reference": getattr(request, "id", ""),
    }
    response = render(request, "error.html", context, status=429)
    response["Retry-After"] = str(throttle.SECONDS)
    return response


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Everything a person learnt here, with their certificates."""
    found = records.record(request.user)
    is_waiting = any(
        line.enrolment.completed_at and not request.user.name_confirmed_at for line in found.lines
    )
    context = {
        "record": found,
        "is_waiting": is_waiting,
        "has_badges": badge_keys.is_offered(),
    }
    return render(request, "courses/learning/record.html", context)


@require_safe
def record_pdf(request: HttpRequest) -> HttpResponse:
    on = clock.of(request).date()
    found = records.on_paper(records.record(request.user), request.user, on, services.ISSUER)
    return _paper(pdf.record_pdf(found), f"training-record-{on:%Y-%m-%d}.pdf")


@require_safe
def certificate_pdf(request: HttpRequest, code: str) -> HttpResponse:
    certificate = _own(request, code)
    name = f"{certificate.course_code}-{certificate.shown_code}.pdf"
    return _paper(pdf.certificate_pdf(certificate), name)


def _paper(drawn: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        drawn, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


def _own(request: HttpRequest, code: str) -> Certificate:
    return get_object_or_404(Certificate.objects.of(request.user), code=codes.parse_code(code))


@require_POST
def hide_name(request: HttpRequest, code: str) -> HttpResponse:
    """Show the name on the check page, or only to who says that they hold the code."""
    services.hide_name(_own(request, code), is_hidden=request.POST.get("hide") == "yes")
    messages.success(request, _("Saved: the check page follows your choice."))
    return redirect("courses:record")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_name(request: HttpRequest) -> HttpResponse:
    """The name that certificates bear, said by its bearer."""
    user = request.user
    given = {"name": user.name, "latin_name": user.latin_name, "renew": True}
    form = NameForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        _keep_name(request, form.cleaned_data)
        return redirect("courses:record")
    standing = Certificate.objects.of(user).standing().count()
    return render(
        request, "courses/learning/confirm_name.html", {"form": form, "standing": standing}
    )


def _keep_name(request: HttpRequest, wanted: dict[str, Any]) -> None:
    user, at = request.user, clock.of(request)
    new = confirm(user, name=wanted["name"], latin_name=wanted["latin_name"], at=at)
    if wanted["renew"]:
        new += services.reissue_all(user, at=at)
    messages.success(request, _("Your name is confirmed."))
    if new:
        count = len({certificate.pk for certificate in new})
        text = ngettext("%(n)s certificate was issued.", "%(n)s certificates were issued.", count)
        messages.success(request, text % {"n": count})
    if letter(user.name) is None:
        text = _("A letter of your name is not in our fonts: papers bear the Latin name.")
        messages.warning(request, text)
