"""The key that signs badges, and the public halves of those that signed before it.

A key is known by the fingerprint of its public half (RFC 7638), which stands in its address and in
every badge it signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm

SMALLEST = 2048
# What a fingerprint is taken of, by kind of key.
OF_A_PRINT = {"RSA": ("e", "kty", "n"), "OKP": ("crv", "kty", "x")}
NO_KEY = "{name} must name a file with an RSA key of 2048 bits or more, as PEM without a password."


@dataclass(frozen=True)
class Key:
    """One that signs."""

    private: RSAPrivateKey | Ed25519PrivateKey
    print: str

    @property
    def algorithm(self) -> str:
        return "RS256" if isinstance(self.private, RSAPrivateKey) else "EdDSA"


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
    return keys().signing is not None


@lru_cache(maxsize=8)
def _read(path: str, older: tuple[str, ...], secret: str) -> Keys:
    private: RSAPrivateKey | Ed25519PrivateKey | None = _derived(secret) if secret else None
    if path:
        private = _private(Path(path))
    public = [_jwk(_public(Path(one))) for one in older]
    if private is not None:
        public.insert(0, _jwk(private.public_key()))
    found = {_print(one): one for one in public}
    signing = Key(private, _print(public[0])) if private is not None else None
    return Keys(signing, found)


def _derived(secret: str) -> Ed25519PrivateKey:
    """For development and tests: the same key from the same secret, which no RSA key can be."""
    stretch = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"badges")
    return Ed25519PrivateKey.from_private_bytes(stretch.derive(secret.encode()))


def _private(path: Path) -> RSAPrivateKey:
    wrong = ImproperlyConfigured(NO_KEY.format(name="PARTNERSHIP_BADGE_KEY"))
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise wrong from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < SMALLEST:
        raise wrong
    return key


def _public(path: Path) -> RSAPublicKey | Ed25519PublicKey:
    wrong = ImproperlyConfigured(
        "PARTNERSHIP_BADGE_OLD_KEYS must name files with the public halves of older keys, as PEM."
    )
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise wrong from None
    if not isinstance(key, RSAPublicKey | Ed25519PublicKey):
        raise wrong
    return key


def _jwk(key: RSAPublicKey | Ed25519PublicKey) -> dict[str, Any]:
    if isinstance(key, RSAPublicKey):
        found = RSAAlgorithm.to_jwk(key, as_dict=True)
        return {part: found[part] for part in OF_A_PRINT["RSA"]} | {"alg": "RS256", "use": "sig"}
    found = OKPAlgorithm.to_jwk(key, as_dict=True)
    return {part: found[part] for part in OF_A_PRINT["OKP"]} | {"alg": "EdDSA", "use": "sig"}


def _print(jwk: dict[str, Any]) -> str:
    parts = {part: jwk[part] for part in OF_A_PRINT[jwk["kty"]]}
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
