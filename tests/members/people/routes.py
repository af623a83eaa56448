"""The routes of the desk for people, and an act of it."""

from __future__ import annotations

from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.members.models import DeskAct
from tests.factories.accounts import UserFactory, person_with

ROW = "44444444-4444-4444-8444-444444444444"
OF_THE_SECRETARIAT = {
    f"people:{name}" for name in ("list", "sheet", "change", "acts", "act", "person", "merge")
} | {"site:act-as", "site:stop-acting"}
POST_ONLY = {"people:change", "site:act-as", "site:stop-acting"}
BOTH_WAYS = {"people:act", "people:person", "people:merge"}
ARGUMENTS: dict[str, list[object]] = {
    route: [ROW] for route in ("people:act", "people:person", "people:merge", "site:act-as")
}


def make_rows() -> None:
    by = person_with(Role.ADMINISTRATOR)
    DeskAct.objects.create(uuid=ROW, kind="disable", at=clock.now(), by=by, number=0)
    UserFactory(uuid=ROW)
