"""Signing people in without the pages for it."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.test import Client

from partnership.accounts.models import User

PLAIN = Client.force_login


def force_login(client: Client, user: User, backend: str | None = None) -> None:
    """All of signing in, a second factor included. In tests it is what Django's own does."""
    PLAIN(client, user, backend)
    show(client, user, "mfa", type="totp")


def without_factor(client: Client, user: User, *, shown: str = "password") -> Client:
    """Somebody who has shown a password or a mailed code, and no second factor."""
    PLAIN(client, user)
    show(client, user, shown)
    return client


def show(client: Client, user: User, method: str, *, ago: float = 0, **more: Any) -> None:
    """As if this session's person had shown something so many seconds ago, and nothing else."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time() - ago, **more}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
