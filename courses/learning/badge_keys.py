"""The key that signs badges, and the public halves of those that signed before it.

A key is known by the fingerprint of its public half (RFC 7638), which stands in its address and in
every badge it signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


@dataclass(frozen=True)
class Key:
    """One that signs."""

    private: RSAPrivateKey | Ed25519PrivateKey
    algorithm: str
    print: str


@dataclass(frozen=True)
class Keys:
    """`signing` is None where no key was given: then there are no badges."""

    signing: Key | None
    public: Mapping[str, dict[str, Any]]  # fingerprint -> public JWK, the older ones too


def keys() -> Keys:
    """Those of the settings. Raises ImproperlyConfigured for files that hold none."""
    made_up = "" if settings.PRODUCTION else settings.SECRET_KEY
    return _read(settings.BADGE_KEY, tuple(settings.BADGE_OLD_KEYS), made_up)


def is_offered() -> bool:
    """Whether there is one that signs; the page that asks need not read it."""
    return bool(settings.BADGE_KEY) or not settings.PRODUCTION


@lru_cache(maxsize=8)
def _read(path: str, older: tuple[str, ...], secret: str) -> Keys:
    from courses.learning import badge_files  # noqa: PLC0415 its libraries are slow to import

    private: RSAPrivateKey | Ed25519PrivateKey | None = None
    if path:
        private = badge_files.private(Path(path))
    elif secret:
        private = badge_files.derived(secret)
    public = [badge_files.jwk(badge_files.public(Path(one))) for one in older]
    if private is not None:
        public.insert(0, badge_files.jwk(private.public_key()))
    found = {badge_files.fingerprint(one): one for one in public}
    signing = None
    if private is not None:
        signing = Key(private, public[0]["alg"], badge_files.fingerprint(public[0]))
    return Keys(signing, found)
