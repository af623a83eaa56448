"""What somebody sent when their session had ended: kept for them, sealed, until they are back.

Passwords, codes and files are not kept: these are given anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from partnership.accounts import door
from partnership.accounts.models import MailedCode, User
from partnership.accounts.sealing import BrokenSeal, seal, unseal

KEY = "unsent"
# More than anybody types into one form. What is longer stays in the browser's own page.
LARGEST = 60_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NOT_TYPED = ("csrfmiddlewaretoken", "next")
NOT_KEPT = ("password", "code", "credential")


@dataclass(frozen=True)
class Unsent:
    """Where it was to go, and what was typed, in its order."""

    who: str
    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def told(self) -> list[tuple[str, str]]:
        """What its writer knows it by: words, under the names that the form has for them."""
        return [(name.replace("_", " "), value) for name, value in self.fields if value.strip()]


def keep(request: HttpRequest, *, of: User | None = None) -> bool:
    """Keep what a form sent, if it is known whose browser it is and something was typed."""
    who = str(of.uuid) if of else door.known(request)
    if request.method != "POST" or request.content_type not in FORMS or not who:
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and not any(word in name for word in NOT_KEPT)
        for value in values
    ]
    if not any(value.strip() for _, value in fields):
        return False
    found = {
        "who": who,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    text = json.dumps(found)
    if len(text) > LARGEST:
        return False
    request.session[KEY] = seal(text)
    if of is None:
        # Whoever does not come back leaves a session that soon ends.
        request.session.set_expiry(2 * MailedCode.LIFE)
    return True


def kept(request: HttpRequest) -> Unsent | None:
    """What is kept for whoever is signed in; what another left in this browser is dropped."""
    try:
        found: dict[str, Any] = json.loads(unseal(request.session[KEY]))
    except (KeyError, BrokenSeal):
        return None
    if found["who"] != str(request.user.uuid):  # type: ignore[union-attr]
        drop(request)
        return None
    fields = tuple((name, value) for name, value in found.pop("fields"))
    return Unsent(fields=fields, **found)


def drop(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
