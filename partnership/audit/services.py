"""The one way to write a line into the audit log."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from partnership.audit.models import AuditEntry
from partnership.lib.logs import request_id

# What `network_class` may say.
NETWORKS = [f"{kind} IPv{n}" for kind in ("public", "private", "loopback") for n in (4, 6)]
NETWORKS.append("unknown")


def record(
    verb: str,
    *,
    at: datetime,
    request: HttpRequest | None = None,
    by: Any = None,
    of: tuple[str, str] = ("", ""),
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Say who did what. `of` is the object's kind and key; `changes` holds no secret or answer.

    A service, which knows no request, names the person in `by`.
    """
    user = by or getattr(request, "user", None)
    return AuditEntry.objects.create(
        at=at,
        actor=str(user.uuid) if user is not None and user.is_authenticated else "",
        acting_as=", ".join(sorted(getattr(request, "roles", ())))[:60],
        verb=verb[:60],
        kind=of[0][:60],
        key=of[1][:120],
        changes=changes or {},
        request_id=request_id.get()[:64],
        network=network_class(_address(request) if request else ""),
    )


def record_each(
    verb: str, *, at: datetime, by: Any, of: Iterable[tuple[str, str, dict[str, Any]]]
) -> None:
    """One line for each of many objects to which the same was done: kind, key and changes."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at,
                actor=str(by.uuid),
                verb=verb[:60],
                kind=kind[:60],
                key=key[:120],
                changes=changes,
                request_id=request_id.get()[:64],
                network=network_class(""),
            )
            for kind, key, changes in of
        ],
        batch_size=500,
    )


def _address(request: HttpRequest) -> str:
    """Where a request comes from, as our own proxies saw it."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES].strip() or request.META.get("REMOTE_ADDR", "")
    return request.META.get("REMOTE_ADDR", "")


def network_class(address: str) -> str:
    """The kind of network an act came from. The address itself is nobody's business for years."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    kind = "loopback" if ip.is_loopback else "private" if ip.is_private else "public"
    return f"{kind} IPv{ip.version}"
