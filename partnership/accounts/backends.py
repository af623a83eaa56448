from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class OwnPeople(AuthenticationBackend):
    """A database of trials that is put into production brings no account that others know."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and not (user.is_demo and settings.PRODUCTION)
