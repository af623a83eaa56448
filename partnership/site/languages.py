"""The language of the pages: a visitor's in a cookie, a person's with the person.

What a visitor chose goes along when they sign in, and is then theirs. The next one at the same
computer finds nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partnership.accounts.models import User
from partnership.lib import languages
from partnership.lib.errors import BadQuery

A_YEAR = 60 * 60 * 24 * 365


class ReadersLanguage:
    """After Django has looked at cookie and browser: whoever is signed in has their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = languages.of_pages(request) if languages.KEPT_IN in request.headers else ""
        if language := kept or _own(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if getattr(request, "has_come_in", False):
            _take_along(request, response)
        if {settings.LANGUAGE_COOKIE_NAME, languages.TEXTS}.intersection(request.COOKIES):
            patch_vary_headers(response, ["Cookie"])
        return response


def _own(request: HttpRequest) -> str:
    """The language of who is signed in. Without a session nobody is asked for, nor for health."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith("/health/"):
        return ""
    try:
        return languages.offered(getattr(request.user, "language", ""))
    except (OperationalError, InterfaceError):
        # The page may not need the database: it is told in the language of the browser.
        return ""


def _take_along(request: HttpRequest, response: HttpResponse) -> None:
    chosen = languages.offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    if chosen and request.user.is_authenticated:
        keep_language(request.user, chosen)
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")


def keep_language(person: User, language: str) -> None:
    """The pages and the mails of a person from now on."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])


# Exempt: a token in a form of every page would give every visitor a cookie, and no page would be
# the same twice. A form of another site is told by its origin, and could only change a language.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and back to the page and the place that was being read."""
    if _comes_from_elsewhere(request):
        raise PermissionDenied
    pages, texts = request.POST.get("language"), request.POST.get("texts")
    if not (languages.offered(pages) or languages.offered(texts)):
        raise BadQuery({"language": [_("Choose one of the languages that are offered.")]})
    back = request.POST.get("next", "")
    response = redirect(back if _is_ours(request, back) else "site:home")
    if texts:
        _remember(response, languages.TEXTS, languages.offered(texts))
    elif request.user.is_authenticated:
        keep_language(request.user, languages.offered(pages))
    else:
        _remember(response, settings.LANGUAGE_COOKIE_NAME, languages.offered(pages))
    return response


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def _is_ours(request: HttpRequest, address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _remember(response: HttpResponse, name: str, language: str) -> None:
    response.set_cookie(
        name,
        language,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
