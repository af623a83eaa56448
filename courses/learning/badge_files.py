"""How the keys that sign badges are read from their files, and told to others as JWK.

Its libraries are slow to import, and most processes never sign: `badge_keys` alone fetches this.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm

SMALLEST = 2048
# What a fingerprint is taken of, by kind of key.
OF_A_PRINT = {"RSA": ("e", "kty", "n"), "OKP": ("crv", "kty", "x")}
NO_KEY = "{name} must name a file with an RSA key of 2048 bits or more, as PEM without a password."


def derived(secret: str) -> Ed25519PrivateKey:
    """For development and tests: the same key from the same secret, which no RSA key can be."""
    stretch = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"badges")
    return Ed25519PrivateKey.from_private_bytes(stretch.derive(secret.encode()))


def private(path: Path) -> RSAPrivateKey:
    wrong = ImproperlyConfigured(NO_KEY.format(name="PARTNERSHIP_BADGE_KEY"))
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise wrong from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < SMALLEST:
        raise wrong
    return key


def public(path: Path) -> RSAPublicKey | Ed25519PublicKey:
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


def jwk(key: RSAPublicKey | Ed25519PublicKey) -> dict[str, Any]:
    if isinstance(key, RSAPublicKey):
        found = RSAAlgorithm.to_jwk(key, as_dict=True)
        return {part: found[part] for part in OF_A_PRINT["RSA"]} | {"alg": "RS256", "use": "sig"}
    found = OKPAlgorithm.to_jwk(key, as_dict=True)
    return {part: found[part] for part in OF_A_PRINT["OKP"]} | {"alg": "EdDSA", "use": "sig"}


def fingerprint(told: dict[str, Any]) -> str:
    parts = {part: told[part] for part in OF_A_PRINT[told["kty"]]}
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
