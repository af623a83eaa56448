"""The door: before a view is reached, the policy table says whether it may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from partnership.accounts import factors, proof, unsent
from partnership.accounts.sessions import forget_who_was_here
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.api import is_api, problem
from partnership.lib.errors import BadQuery, Refusal
from partnership.members.roles import roles_of
from partnership.site import errors, policy, who


class Access:
    """Deny by default. `request.roles` are read once, when first asked for.

    They are what this session may use. Of `request.held_roles` some need a second factor first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = SimpleLazyObject(lambda: roles_of(request.user, clock.of(request)))
        request.held_roles = held  # type: ignore[attr-defined]
        request.roles = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: proof.usable(request, frozenset(held))
        )
        response = self.get_response(request)
        if getattr(request, "has_come_in", False):
            response = _by_way_of_a_factor(request, response)
        if response.status_code == 405 and not response.content:
            response = errors.not_allowed(request, response["Allow"])
        # Who comes with a session may be told something of theirs: it must stay in no cache. The
        # cookie says so without asking the database, which may be away. What is the same for
        # everybody and never changes says so itself.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
        if has_session and "immutable" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        forget_who_was_here(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        wanted = policy.allowed(route)
        if wanted is None:
            raise Http404
        if who.VISITOR in wanted:
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if who.SIGNED_IN in wanted or wanted.intersection(request.roles):  # type: ignore[attr-defined]
            return None
        if wanted.intersection(request.held_roles):  # type: ignore[attr-defined]
            return _ask_for_a_factor(request, _way_back(request))
        audit.record("denied", at=clock.of(request), request=request, of=("route", route))
        raise PermissionDenied

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a page refuses is said on a page, as the API says it in its own shape."""
        if isinstance(error, BadQuery):
            return errors.page(request, 400, _("Not understood"), str(error))
        if isinstance(error, Refusal):
            return errors.page(request, 409, _("That is not possible now"), str(error))
        return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        body = problem("not_authenticated", "Sign in first.")
        return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Session"})
    if unsent.keep(request):
        page = reverse("account_unsent")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page})}")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': _way_back(request)})}")


def _ask_for_a_factor(request: HttpRequest, ahead: str) -> HttpResponse:
    """The role is there, and this session has not shown what it takes to use it."""
    if is_api(request):
        body = problem("second_factor", _("This needs your second factor: sign in with it first."))
        return JsonResponse(body, status=403)
    has_one = factors.has_one(request.user)  # type: ignore[arg-type]
    page = reverse("account_prove" if has_one else "account_factors")
    return redirect(f"{page}?{urlencode({'next': ahead})}")


def _by_way_of_a_factor(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever came in with a role that needs a second factor and has none is asked to set it up."""
    if response.status_code != 302 or request.held_roles == request.roles:  # type: ignore[attr-defined]
        return response
    asked = _ask_for_a_factor(request, response["Location"])
    asked.cookies.update(response.cookies)
    return asked


def _way_back(request: HttpRequest) -> str:
    """The page that was asked for. What was sent is not sent again: the page that it was on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    match = request.resolver_match
    if match and match.view_name == "courses:join":
        return reverse("courses:course", kwargs=match.kwargs) + "#join"
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of ours from before its person signed in anew: nothing that was typed is lost.

    Only what the browser itself says to come from a page of ours is kept and offered again.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    is_ours = request.headers.get("Origin") == origin and request.user.is_authenticated
    if is_ours and not is_api(request) and unsent.keep(request, of=request.user):  # type: ignore[arg-type]
        return redirect("account_unsent")
    return errors.csrf_failure(request, reason)
