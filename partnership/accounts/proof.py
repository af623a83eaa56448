"""What this session has shown of its person: a second factor, and who asks right now."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from partnership.accounts.models import PRIVILEGED, User
from partnership.lib.api import is_api, problem

View = Callable[..., HttpResponse]
# So long nobody is asked again who they are before they change how they sign in.
FRESH_SECONDS = 15 * 60
FACTOR = "mfa"


def remember(request: HttpRequest, person: User, method: str, **more: Any) -> None:
    """Write into the session that its person showed this just now."""
    record_authentication(request, person, method, **more)


def has_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session."""
    return any(record["method"] == FACTOR for record in _records(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's person showed who they are a moment ago."""
    newest = max((record["at"] for record in _records(request)), default=0.0)
    return time.time() - newest < FRESH_SECONDS


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return get_authentication_records(request, request.user)  # type: ignore[arg-type]


def usable(request: HttpRequest, held: frozenset[str]) -> frozenset[str]:
    """Of the roles somebody holds, those that this session may use."""
    if not settings.SECOND_FACTOR or not held & PRIVILEGED or has_factor(request):
        return held
    return held - PRIVILEGED


def freshly(page: str) -> Callable[[View], View]:
    """Ask who it is before something that changes how somebody signs in.

    What only takes a form is not opened again afterwards: `page` is, which holds the form.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **found: Any) -> HttpResponse:
            if is_fresh(request):
                return view(request, **found)
            if is_api(request):
                text = _("Show first who you are: open the page again.")
                return JsonResponse(problem("prove", text), status=403)
            is_read = request.method in ("GET", "HEAD")
            ahead = request.get_full_path() if is_read else reverse(page)
            return redirect(f"{reverse('account_prove')}?{urlencode({'next': ahead})}")

        return inner

    return wrap
