"""Addresses are written in lower case; another way to write one leads to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

View = Callable[..., HttpResponse]


def in_lower_case(view: View) -> View:
    """For a page that is read: what follows the path is kept as it is."""

    @wraps(view)
    def inner(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.path == request.path.lower():
            return view(request, **parts)
        asked = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(request.path.lower() + (f"?{asked}" if asked else ""))

    return inner
