"""Passkeys: what a browser is asked, and whether what it answers is right.

The library keeps the question in the session, and its answer is checked by python-fido2.
"""

from __future__ import annotations

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.lib.bodies import read_object
from partnership.lib.errors import BadQuery, Refusal

# What the library's readers of bytes say of bytes that are none of a browser's.
MALFORMED = (
    *(ValidationError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
    *(RecursionError, struct.error, UnsupportedAlgorithm),
)


class PasskeyWrong(Refusal):
    """Not the answer of a key that is known here to the question that was asked."""

    code = "passkey_wrong"

    def __init__(self) -> None:
        super().__init__(_("The passkey was not accepted. Try again, or sign in another way."))


def ask_for_new(person: User) -> dict[str, Any]:
    """What a browser needs to make a key that signs in by itself."""
    return auth.begin_registration(person, passwordless=True)


def ask(person: User | None = None) -> dict[str, Any]:
    """What a browser needs to show a key: one of this person, or whichever it has."""
    return auth.begin_authentication(person)


def new_credential(sent: str) -> dict[str, Any]:
    """The credential of a new key, if its owner showed themselves to it."""
    credential = _read(sent)
    try:
        auth.parse_registration_response(credential)
        data = auth.complete_registration(credential)
    except MALFORMED:
        raise PasskeyWrong from None
    if not data.is_user_verified():
        raise PasskeyWrong
    return credential


def shown(sent: str, person: User | None = None) -> Authenticator:
    """The key that answered; of this person, or whose the key says it is."""
    credential = _read(sent)
    try:
        auth.parse_authentication_response(credential)
        owner = person or auth.extract_user_from_response(credential)
        found = auth.complete_authentication(owner, credential)
    except MALFORMED:
        raise PasskeyWrong from None
    finally:
        # A question is answered once, rightly or not.
        context.request.session.pop(auth.STATE_SESSION_KEY, None)
    found.record_usage()
    return found


def _read(sent: str) -> dict[str, Any]:
    try:
        return read_object(sent.encode())
    except BadQuery:
        raise PasskeyWrong from None
