"""Text that the site must read again and that no copy of the database may tell: sealed under the
site's secret.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

SALT = "partnership.accounts.sealing"


class BrokenSeal(Exception):
    """It was sealed under another secret, or is nothing that was sealed here."""


def seal(text: str) -> str:
    return _seals().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415

    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise BrokenSeal from None


def _seals() -> MultiFernet:
    """The newest secret seals; what older ones sealed can be read."""
    # Slow to import, and most processes never seal anything.
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415

    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    drawn = salted_hmac(SALT, "", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(drawn.digest())
