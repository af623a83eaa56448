"""Signing people in without the pages for it."""

from __future__ import annotations

import time
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.test import Client

from partnership.accounts.models import User

PLAIN = Client.force_login


def force_login(client: Client, user: User, backend: str | None = None) -> None:
    """All of signing in, a second factor included. In tests it is what Django's own does."""
    _come_in(client, user, backend, method="mfa", type="totp")


def without_factor(client: Client, user: User, *, shown: str = "password") -> Client:
    """Somebody who has shown a password or a mailed code, and no second factor."""
    _come_in(client, user, method=shown)
    return client


def show(client: Client, user: User, method: str, *, ago: float = 0, **more: Any) -> None:
    """As if this session's person had shown something so many seconds ago, and nothing else."""
    session = client.session
    session.update(_shown(user, method=method, ago=ago, **more))
    session.save()


def _come_in(client: Client, user: User, backend: str | None = None, **shown: Any) -> None:
    """What Django's own leaves of a sign-in; a new session is written in one step."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        PLAIN(client, user, backend)
        show(client, user, **shown)
        return
    user.backend = backend or client._get_backend()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = user.backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.update(_shown(user, **shown))
    session.create()
    update_last_login(None, user)
    client._set_login_cookies(SimpleNamespace(session=session))


def _shown(user: User, method: str, ago: float = 0, **more: Any) -> dict[str, Any]:
    return {
        AUTHENTICATION_METHODS_SESSION_KEY: [{"method": method, "at": time.time() - ago, **more}],
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
    }
