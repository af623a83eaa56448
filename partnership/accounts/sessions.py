"""Sessions in the database that know when they end, and the cookie that says who is here.

With the cookie `here` a browser opens what it keeps for a person without a line. It is no secret
and gives no right to anything, but it must not outlast the session it speaks of.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.http import HttpRequest, HttpResponse

HERE = "here"


class SessionStore(db.SessionStore):
    """Remembers the end that its row has: reading a session does not put that off."""

    ends: datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None:
            self.ends = row.expire_date
        return row


def say_who_is_here(request: HttpRequest, response: HttpResponse) -> None:
    """Until the session's row ends, or the browser is closed where the session ends with it."""
    session = request.session
    ends = getattr(session, "ends", None)
    left = session.get_expiry_age(expiry=ends) if ends else session.get_expiry_age()
    response.set_cookie(
        HERE,
        str(request.user.uuid),  # type: ignore[union-attr]
        max_age=None if session.get_expire_at_browser_close() else left,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_who_was_here(request: HttpRequest, response: HttpResponse) -> None:
    """Take the cookie back where the one it names is not signed in.

    Only where that is known: no session came, or the page has looked at it. The database is not
    asked for this alone, and not again after it failed.
    """
    was = request.COOKIES.get(HERE)
    if was is None or HERE in response.cookies or response.status_code >= 500:
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.session.accessed:
        return
    if was != str(getattr(request.user, "uuid", "")):
        response.delete_cookie(HERE, samesite="Strict")
        response["Cache-Control"] = "no-store"
