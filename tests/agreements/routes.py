"""The routes of what became of the register, who may use them, and where they lead."""

from __future__ import annotations

from partnership.accounts.models import Role
from partnership.agreements import versions
from partnership.lib import clock

CLOSED = {"agreements:state": {Role.FOCAL_POINT}}
BOTH_WAYS = {"agreements:state"}
# Only the two Parties of an agreement speak of it.
ELSEWHERE = {("agreements:state", Role.FOCAL_POINT)}
ARGUMENTS: dict[str, list[object]] = {
    "agreements:month": ["2026-03"],
    "agreements:version": ["qaa-qab", 1],
    "agreements:state": ["qaa-qab"],
}


def make_rows() -> None:
    """A version of each agreement there is."""
    versions.catch_up(clock.now())
