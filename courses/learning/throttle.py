"""How fast codes may be tried. Kept in the database's cache; over with the minute."""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Of wrong codes from one address. A whole ministry may sit behind it; a right code costs nothing.
WRONG_A_MINUTE = 30
SECONDS = 60


def is_too_fast(request: HttpRequest, at: datetime) -> bool:
    return cache.get(_key(request, at), 0) >= WRONG_A_MINUTE


def note_wrong(request: HttpRequest, at: datetime) -> None:
    key = _key(request, at)
    if not cache.add(key, 1, SECONDS):
        cache.set(key, cache.get(key, 0) + 1, SECONDS)


def _key(request: HttpRequest, at: datetime) -> str:
    """The address itself is kept nowhere."""
    address = get_adapter().get_client_ip(request)
    return f"verify:{salted_hmac('verify', address).hexdigest()[:24]}:{at:%Y%m%d%H%M}"
