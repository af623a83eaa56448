"""What surrounds every request, before and after anything else."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from secrets import token_hex

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

from partnership.lib.logs import request_id

log = logging.getLogger("partnership.request")

GetResponse = Callable[[HttpRequest], HttpResponse]
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class Envelope:
    """Give each request an id and a log line; add the headers no other middleware sets."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if GIVEN_ID.match(given) else token_hex(8)  # type: ignore[attr-defined]
        token, started = request_id.set(request.id), time.perf_counter()  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            log.info(
                "%s %s %s %.0f ms",
                request.method,
                request.path[:200],
                response.status_code,
                (time.perf_counter() - started) * 1000,
            )
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class SecurityHeaders(SecurityMiddleware):
    """Django's headers alone. Its redirect to https is made further in, so that the answer to a
    host that is not ours, which it refuses there, carries the headers too.
    """

    def process_request(self, request: HttpRequest) -> None:
        return None


class RefuseNul:
    """A NUL is in no name, search or number; PostgreSQL refuses it, SQLite cuts the text there."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("The address contains a character that is in no text.")
        return self.get_response(request)
