"""Error pages that say what happened and what to do. They ask nothing of the database."""

from __future__ import annotations

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.lib.api import is_api, problem
from partnership.lib.storage import StoreSilent

CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "refused",
    500: "server_error",
    503: "unavailable",
}


def page(
    request: HttpRequest,
    status: int,
    title: str,
    sentence: str,
    suggestions: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """One error page, or the API's one error shape."""
    if is_api(request):
        return JsonResponse(problem(CODES[status], sentence), status=status)
    home = (reverse("site:home"), _("Home"))
    found = (reverse("site:search"), _("Search the site"))
    context = {
        "code": status,
        "title": title,
        "sentence": sentence,
        "suggestions": suggestions or [home, found],
        "reference": getattr(request, "id", ""),
    }
    if acting := getattr(request, "acting", None):
        context |= {"acting": acting, "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("The address or form holds something that cannot be used. Please check it.")
    return page(request, 400, _("Not understood"), sentence)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _(
        "You are signed in, and this page is for another role. If it should be yours, ask your "
        "focal point or the secretariat."
    )
    return page(request, 403, _("Not for your role"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "The form was older than your session, or cookies are off. Go back, load the page again "
        "and send the form once more: what you typed is still in it."
    )
    return page(request, 403, _("Please send the form again"), sentence)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("There is no page at this address. It may have moved, or have been mistyped.")
    suggestions = [
        (reverse("site:search"), _("Search the site")),
        (reverse("site:members"), _("Find a country")),
        (reverse("agreements:register"), _("Open the register of agreements")),
    ]
    return page(request, 404, _("Page not found"), sentence, suggestions)


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    sentence = _(
        "This address does not take what was sent. Go back to the page you came from and use its "
        "links and buttons."
    )
    response = page(request, 405, _("Not in this way"), sentence)
    response["Allow"] = allow
    return response


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """A fault of ours; or a database or a store of files that is away: when to try again."""
    error = sys.exc_info()[1]
    if isinstance(error, StoreSilent):
        response = page(request, 503, _("Back in a moment"), str(error))
        response["Retry-After"] = "60"
        return response
    if isinstance(error, OperationalError | InterfaceError):
        sentence = _("The site is being restarted. Please try again in a few seconds.")
        response = page(request, 503, _("Back in a moment"), sentence)
        response["Retry-After"] = "5"
        return response
    sentence = _("The fault is ours and has been noted. What you did before is safe.")
    return page(request, 500, _("Something went wrong"), sentence)
