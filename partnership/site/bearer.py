"""Programs that come with a token instead of a session. Only the API knows them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from partnership.accounts import tokens
from partnership.accounts.models import ApiToken
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.api import problem
from partnership.members.roles import roles_of
from partnership.site import policy, scopes, who

API = "/api/v1/"
SCHEME = "bearer "


class Bearer:
    """Put the token's person and roles in the place of whatever the browser brought along.

    The table then decides as for everybody. A token carries the roles that its person has now, no
    others than `scopes.OF_TOKENS`, and opens only routes whose scope it has; on what is open to
    everybody it is a visitor. On pages a token means nothing at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if tokens.PREFIX in request.META.get("QUERY_STRING", ""):
            # Addresses are kept by browsers, servers and proxies.
            text = _("A token has no place in an address. Revoke this one, and make another.")
            return _refused(400, "token_in_address", text)
        shown = request.headers.get("Authorization", "")
        if not request.path_info.startswith(API) or not shown.lower().startswith(SCHEME):
            return self.get_response(request)
        response = _not_for_it(request, shown[len(SCHEME) :].strip()) or self.get_response(request)
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Authorization"])
        return response


def _not_for_it(request: HttpRequest, shown: str) -> HttpResponse | None:
    """Who asks is the token's person from here on, or this is what the program is told."""
    at = clock.of(request)
    try:
        token = tokens.recognise(shown, at=at)
    except tokens.TooManyCalls as refusal:
        answer = _refused(429, refusal.code, str(refusal))
        answer["Retry-After"] = str(int(ApiToken.WITHIN.total_seconds()))
        return answer
    except tokens.TokenWrong as refusal:
        return _refused(401, refusal.code, str(refusal), 'Bearer error="invalid_token"')
    _become(request, token, frozenset())
    try:
        route = resolve(request.path_info).view_name
    except Resolver404:
        return None
    scope, wanted = scopes.scope_of(route, request.method), policy.allowed(route)
    if scope is None and wanted and who.VISITOR in wanted:
        request.user = AnonymousUser()
        return None
    if scope not in token.granted:
        text = _("This token may not do that.")
        if scope:
            text = _("This token may not do that: it has not the scope %s.") % scope
        challenge = f'Bearer error="insufficient_scope", scope="{scope or ""}"'
        return _refused(403, "scope", text, challenge)
    _become(request, token, roles_of(token.person, at) & scopes.OF_TOKENS)
    if scope.endswith(":write"):
        # What the services write down has the same request's id.
        audit.record("token.use", at=at, request=request, of=("apitoken", str(token.uuid)))
    return None


def _become(request: HttpRequest, token: ApiToken, roles: frozenset[str]) -> None:
    request.user, request.token = token.person, token  # type: ignore[attr-defined]
    request.roles = request.held_roles = roles  # type: ignore[attr-defined]
    # Nothing that a browser adds by itself plays a part, so no page of others can send this.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]


def _refused(status: int, code: str, text: str, challenge: str = "") -> HttpResponse:
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return JsonResponse(problem(code, text), status=status, headers=headers)
