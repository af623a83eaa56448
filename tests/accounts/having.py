"""People with second factors, and what these show."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from partnership.accounts import factors
from partnership.accounts.models import User
from tests.accounts.keys import Passkey

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSKEY, QUESTION = "/account/sign-in/passkey/", "/account/passkey/question/"
SECOND = "/account/sign-in/second/"


def now() -> datetime:
    return datetime.now(UTC)


def code_at(at: datetime, secret: str = SECRET) -> str:
    """What an app shows at a time."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // factors.STEP))


def give_app(person: User) -> None:
    """An app that was set up long ago: its code of now is unused."""
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    factors.add_app(person, SECRET, code_at(long_ago), at=long_ago)


def give_passkey(client: Client, name: str = "Telephone", **more) -> Passkey:
    """Through the pages, as a browser does it."""
    key = Passkey(**more)
    question = client.post("/account/second-factor/question/", secure=True).json()
    add_passkey(client, key.made(question), name)
    return key


def add_passkey(client: Client, credential: str, name: str = "Telephone") -> HttpResponse:
    data = {"name": name, "credential": credential}
    return client.post("/account/second-factor/passkey/", data, secure=True)


def show_passkey(client: Client, key: Passkey, page: str = PASSKEY, **more: str) -> HttpResponse:
    question = client.post(QUESTION, secure=True).json()
    return client.post(page, {"credential": key.shown(question), **more}, secure=True)


def recovery_codes(person: User) -> list[str]:
    codes = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return factors.codes_of(codes)
