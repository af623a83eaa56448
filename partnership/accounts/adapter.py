from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.accounts import door, endings
from partnership.accounts.models import User
from partnership.accounts.sealing import seal, unseal
from partnership.lib import clock


class Adapter(DefaultAccountAdapter):
    """People come in with a mailed code of ours (`services`), never by the library's own form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This mail address and this password do not belong together. Check both; small and "
            "capital letters differ in a password."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts for this address. Wait five minutes and try again; nothing is "
            "locked for good."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Said only to those who know the password."""
        messages.error(request, _("This account was closed. Ask the secretariat if it should not."))
        return redirect("account_login")

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """However somebody came in: from now on this browser is known to their addresses."""
        response = super().post_login(request, user, **more)
        endings.begin(request, user, at=clock.of(request))
        door.remember(response, user)
        request.has_come_in = True  # type: ignore[attr-defined]
        return response

    def logout(self, request: HttpRequest) -> None:
        endings.end_this(request, at=clock.of(request))
        super().logout(request)

    def ajax_response(
        self, request: HttpRequest, response: HttpResponse, *args: Any, **more: Any
    ) -> HttpResponse:
        told = super().ajax_response(request, response, *args, **more)
        told.cookies.update(response.cookies)
        return told


class Factors(DefaultMFAAdapter):
    """Second factors: their secrets are sealed, and passkeys are named after the site."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return _("Article 6 Implementation Partnership")

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Ours are written with the change (`notices`), not by the library."""
