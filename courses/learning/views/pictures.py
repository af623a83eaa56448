"""Whether pictures load by themselves: chosen once, kept by the browser, changed at any time."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.learning.pictures import COOKIE
from partnership.lib.errors import BadQuery

A_YEAR = 60 * 60 * 24 * 365


@require_POST
def show_pictures(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and back to the page that was being read."""
    wanted, back = request.POST.get("pictures"), request.POST.get("next", "")
    if wanted not in ("on", "off"):
        raise BadQuery({"pictures": [_("Choose on or off.")]})
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if is_ours else "courses:catalogue")
    response.set_cookie(
        COOKIE,
        wanted,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
