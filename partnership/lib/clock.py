"""The database's time. Laptops and workers may be wrong; deadlines hang on one clock."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.http import HttpRequest


def now() -> datetime:
    """The database's time in UTC. One query: read it once per request or task, then pass it on."""
    if connection.vendor == "sqlite":
        # SQLite has no server: its clock is this machine's.
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].astimezone(UTC)


def of(request: HttpRequest) -> datetime:
    """The one time of a request: asked of the database at first use, the same ever after."""
    if not hasattr(request, "_at"):
        request._at = now()  # type: ignore[attr-defined]
    return request._at  # type: ignore[attr-defined]
