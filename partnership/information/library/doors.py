"""Who keeps the library."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from partnership.accounts.models import Role
from partnership.information.models import Document

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.DATA_EDITOR})


def is_keeper(request: HttpRequest) -> bool:
    return not KEEPERS.isdisjoint(request.roles)  # type: ignore[attr-defined]


def readable(request: HttpRequest) -> Any:
    """The documents that this person may read: a keeper also drafts and what was withdrawn."""
    return Document.objects.of(request.user, sees_all=is_keeper(request))
