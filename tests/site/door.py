"""What the door alone answers, before any view: for many routes at once and cheaply."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
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
    with patch.object(audit, "record"):
        return {route: told for route, _, told in _asked(client, person, method, addresses)}


def told_inside(
    client: Client, person: User | None, method: str, addresses: Mapping[str, str]
) -> dict[str, HttpResponse]:
    """By route what its view answers to whoever the door lets in."""
    return {
        route: told or found.func(request, *found.args, **found.kwargs)
        for route, request, told in _asked(client, person, method, addresses)
        for found in [matched(addresses[route])]
    }


def _asked(
    client: Client, person: User | None, method: str, addresses: Mapping[str, str]
) -> Iterator[tuple[str, HttpRequest, HttpResponse | None]]:
    request = RequestFactory().generic(method, "/")
    request.session, request.user = client.session, person or AnonymousUser()
    request._dont_enforce_csrf_checks = True
    door = Access(lambda request: HttpResponse())
    door(request)
    for route, address in addresses.items():
        request.path = request.path_info = address
        found = request.resolver_match = matched(address)
        try:
            yield route, request, door.process_view(request, found.func, found.args, found.kwargs)
        except PermissionDenied:
            yield route, request, HttpResponseForbidden()
