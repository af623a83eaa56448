"""The routes of imports, and a sheet of the secretariat that was tried."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.members.models import ImportRow, SheetImport
from tests.factories.accounts import person_with

ROW = "33333333-3333-4333-8333-333333333333"
# What does not exist for whoever did not send it.
OF_ONE = {f"imports:{name}" for name in ("one", "columns", "row", "wrong-rows", "step")}
OPEN = {"imports:list", "imports:paste"}
POST_ONLY = {"imports:step"}
BOTH_WAYS = {"imports:list", "imports:paste", "imports:columns", "imports:row"}
ARGUMENTS: dict[str, list[object]] = {
    **{route: [ROW] for route in OF_ONE},
    "imports:row": [ROW, 2],
    "imports:export": ["people"],
}


def make_rows() -> None:
    key = default_storage.save("imports/of-tests.csv", ContentFile(b"Mail\r\nbroken\r\n"))
    sheet = SheetImport.objects.create(
        uuid=ROW,
        kind="people",
        state="tried",
        key=key,
        name="list.csv",
        columns=["Mail"],
        mapping={"email": 0},
        by=person_with(Role.ADMINISTRATOR),
        made_at=clock.now(),
    )
    ImportRow.objects.create(sheet_import=sheet, number=2, cells=["broken"], verdict="wrong")
