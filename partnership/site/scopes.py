"""What a program with a token may use beside what is open to everybody."""

from __future__ import annotations

from collections.abc import Mapping

from partnership.site.who import STEWARDS, Roles

# The subject whose scope it takes to read, or to change.
SCOPED: Mapping[str, str] = {
    "api:people-list": "people",
    "api:people-detail": "people",
    "api:people-leave": "people",
    "api:country-delegations-list": "people",
    "api:country-delegations-detail": "people",
    "api:institution-delegations-list": "people",
    "api:institution-delegations-detail": "people",
    "api:invitations-list": "invitations",
    "api:invitations-detail": "invitations",
    "api:requests-list": "requests",
    "api:requests-detail": "requests",
    "api:requests-approve": "requests",
    "api:requests-refuse": "requests",
    "api:jobs-list": "jobs",
    "api:jobs-detail": "jobs",
    "api:links-list": "links",
    "api:links-detail": "links",
}
# A token carries no other roles than those of who runs a delegation.
OF_TOKENS: Roles = STEWARDS


def scope_of(route: str, method: str | None) -> str | None:
    """The scope that a call takes, or None where no token leads."""
    subject = SCOPED.get(route)
    act = "read" if method in ("GET", "HEAD", "OPTIONS") else "write"
    return f"{subject}:{act}" if subject else None
