"""What the door alone answers, before any view: for many routes at once and cheaply."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.test import Client, RequestFactory
from django.urls import resolve

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.site.middleware import Access

matched = functools.cache(resolve)


def told_at_the_door(
    client: Client, person: User | None, method: str, addresses: Mapping[str, str]
) -> dict[str, HttpResponse | None]:
    """By route what `Access` says to this person with this browser's session; None: come in.

    Whom it denies it writes down, which `test_access` shows once: not here, thousands of times.
    """
    told: dict[str, HttpResponse | None] = {}

    def ask_for_each(request: HttpRequest) -> HttpResponse:
        for route, address in addresses.items():
            request.path = request.path_info = address
            found = request.resolver_match = matched(address)
            try:
                told[route] = door.process_view(request, found.func, found.args, found.kwargs)
            except PermissionDenied:
                told[route] = HttpResponseForbidden()
        return HttpResponse()

    door, request = Access(ask_for_each), RequestFactory().generic(method, "/")
    request.session, request.user = client.session, person or AnonymousUser()
    with patch.object(audit, "record"):
        door(request)
    return told
