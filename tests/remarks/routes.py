"""The routes of remarks, who may use them, and where they lead."""

from __future__ import annotations

from partnership.accounts.models import Role
from tests.factories.remarks import RemarkFactory

ROW = "11111111-1111-4111-8111-111111111111"
KEEPERS = {Role.ADMINISTRATOR, Role.DATA_EDITOR, Role.FOCAL_POINT}
# On the desk it is for the focal points of its countries alone.
ELSEWHERE = {("remarks:one", Role.FOCAL_POINT)}
BOTH_WAYS = {"remarks:new", "remarks:mine", "remarks:one"}
CLOSED = {"remarks:list": KEEPERS, "remarks:one": KEEPERS}
ARGUMENTS: dict[str, list[object]] = {
    "remarks:new": ["agreement", "qaa-qab"],
    "remarks:mine": [ROW],
    "remarks:one": [ROW],
}


def make_rows() -> None:
    """One that was answered."""
    RemarkFactory(uuid=ROW, answered=True)
