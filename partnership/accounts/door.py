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

Purpose = MailedCode.Purpose
KEYS = {purpose: f"code {purpose.value}" for purpose in Purpose} | {Purpose.COME_IN: "coming_in"}
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
    return waiting_for(request, Purpose.COME_IN)


def waiting_for(request: HttpRequest, purpose: Purpose) -> Door:
    """The code for a purpose that this browser, and whoever is signed in with it, waits for."""
    kept = request.session.get(KEYS[purpose]) or {}
    person = request.user if request.user.is_authenticated else None
    mine = MailedCode.objects.filter(purpose=purpose, person=person) if kept else None
    code = mine.filter(uuid=UUID(kept["code"])).first() if mine is not None else None
    return Door(code, wanted(request) or kept.get("ahead", ""))


def wait(request: HttpRequest, code: MailedCode, ahead: str) -> None:
    key = KEYS[Purpose(code.purpose)]
    request.session[key] = {"code": str(code.uuid), "ahead": ahead}
    if code.person_id is None:
        # Whoever goes away again leaves a session that soon ends.
        request.session.set_expiry(2 * MailedCode.LIFE)


def leave(request: HttpRequest, purpose: Purpose = Purpose.COME_IN) -> None:
    request.session.pop(KEYS[purpose], None)


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


def known(request: HttpRequest) -> str:
    """Who came in with this browser last, by the key that says nothing; "" if nobody did."""
    return request.get_signed_cookie(_cookie(), None, salt=SALT, max_age=A_YEAR) or ""


def asker(request: HttpRequest, email: str) -> Asker:
    """Who wants a code for an address: its person in a browser of theirs, or somebody somewhere.

    Only browsers with a cookie of ours are looked up: for all others known addresses and unknown
    ones cost the same. Of a network no address is kept.
    """
    person = known(request)
    owner = owner_of(email.strip().lower()) if person else None
    if owner is not None and str(owner.uuid) == person:
        return Asker(person, is_known=True)
    network = salted_hmac(SALT, get_adapter().get_client_ip(request), algorithm="sha256")
    return Asker(network.hexdigest()[:32])
