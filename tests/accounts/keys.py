"""A passkey made of nothing but arithmetic: it answers as a telephone would."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    """Made for one site. `flags` are what it says of its owner: there, and known to it."""

    origin: str = "https://testserver"
    flags: int = PRESENT | VERIFIED
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    owner: str = ""

    @property
    def _site(self) -> bytes:
        return hashlib.sha256(self.origin.split("//")[1].encode()).digest()

    def made(self, question: dict[str, Any]) -> str:
        """The answer to "make a key"."""
        self.owner = question["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.secret.public_key())
        data = AuthenticatorData.create(
            self._site,
            AuthenticatorData.FLAG(self.flags | ATTESTED),
            0,
            AttestedCredentialData.create(b"\0" * 16, self.name, public),
        )
        answer = {
            "clientDataJSON": websafe_encode(self._said("webauthn.create", question)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        }
        return self._answer(answer, clientExtensionResults={"credProps": {"rk": True}})

    def shown(self, question: dict[str, Any]) -> str:
        """The answer to "show a key"."""
        data = bytes(AuthenticatorData.create(self._site, AuthenticatorData.FLAG(self.flags), 1))
        said = self._said("webauthn.get", question)
        signature = self.secret.sign(
            data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256())
        )
        parts = {
            "clientDataJSON": said,
            "authenticatorData": data,
            "signature": signature,
            "userHandle": websafe_decode(self.owner),
        }
        return self._answer({name: websafe_encode(part) for name, part in parts.items()})

    def _said(self, kind: str, question: dict[str, Any]) -> bytes:
        challenge = question["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str], **more: Any) -> str:
        name = websafe_encode(self.name)
        found = {"id": name, "rawId": name, "type": "public-key", "response": response, **more}
        return json.dumps(found)
