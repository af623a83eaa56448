"""What a browser carries while somebody comes in: which code it waits for, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from partnership.accounts.models import MailedCode

KEY = "coming_in"


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
