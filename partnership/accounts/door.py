"""What a browser carries while somebody comes in: which code it waits for, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac

from partnership.accounts.models import MailedCode, User
from partnership.accounts.queries import Asker, owner_of

KEY = "coming_in"
SALT = "partnership.accounts.door: known"
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Door:
    """Where this browser stands. `code` is None when it waits for none."""

    code: MailedCode | None
    ahead: str

    @property
    def leads_to(self) -> str:
        return self.ahead or resolve_url(settings.LOGIN_REDIRECT_URL)


def wanted(request: HttpRequest) -> str:
    """The page of ours that was asked for before, or nothing. No other site is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = asked.startswith("/") and get_adapter().is_safe_url(asked)
    return asked[:2000] if is_ours else ""


def at_the(request: HttpRequest) -> Door:
    """What this browser waits for."""
    kept = request.session.get(KEY) or {}
    code = MailedCode.objects.filter(uuid=UUID(kept["code"])).first() if kept else None
    return Door(code, wanted(request) or kept.get("ahead", ""))


def wait(request: HttpRequest, code: MailedCode, ahead: str) -> None:
    request.session[KEY] = {"code": str(code.uuid), "ahead": ahead}
    # Whoever goes away again leaves a session that soon ends.
    request.session.set_expiry(2 * MailedCode.LIFE)


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _cookie() -> str:
    return "__Host-known" if settings.PRODUCTION else "known"


def remember(response: HttpResponse, person: User) -> None:
    """Tell this browser who came in with it last. It gives no right but to have a code mailed."""
    response.set_signed_cookie(
        _cookie(),
        str(person.uuid),
        salt=SALT,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def asker(request: HttpRequest, email: str) -> Asker:
    """Who wants a code for an address: its person in a browser of theirs, or somebody somewhere.

    Only browsers with a cookie of ours are looked up: for all others known addresses and unknown
    ones cost the same. Of a network no address is kept.
    """
    known = request.get_signed_cookie(_cookie(), None, salt=SALT, max_age=A_YEAR)
    owner = owner_of(email.strip().lower()) if known else None
    if owner is not None and str(owner.uuid) == known:
        return Asker(known, is_known=True)
    network = salted_hmac(SALT, get_adapter().get_client_ip(request), algorithm="sha256")
    return Asker(network.hexdigest()[:32])
