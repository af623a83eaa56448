"""The mail server behind the outbox, as `PARTNERSHIP_MAIL_URL` names it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

TIMEOUT = 10
SIMPLE = {
    "console:": "django.core.mail.backends.console.EmailBackend",
    "memory:": "django.core.mail.backends.locmem.EmailBackend",
}


def connection() -> BaseEmailBackend:
    """`console:`, `memory:`, `smtp://user:password@host:25` (STARTTLS on 587) or `smtps://…`."""
    if settings.MAIL_URL in SIMPLE:
        return get_connection(SIMPLE[settings.MAIL_URL])
    url = urlsplit(settings.MAIL_URL)
    port = url.port or (465 if url.scheme == "smtps" else 25)
    return get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=url.hostname,
        port=port,
        username=unquote(url.username or ""),
        password=unquote(url.password or ""),
        use_ssl=url.scheme == "smtps",
        use_tls=port == 587,
        timeout=TIMEOUT,
    )
