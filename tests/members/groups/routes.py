"""The routes of working groups, and a group with a document."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories.groups import GroupDocumentFactory, WorkingGroupFactory

DOCUMENT = "55555555-5555-4555-8555-555555555555"
SLUG = "tracking"
# What does not exist for whoever has no seat.
OF_ONE = {f"groups:{name}" for name in ("one", "people-sheet", "document")}
BOTH_WAYS = {"groups:list", "groups:one"}
ARGUMENTS: dict[str, list[object]] = {
    "groups:one": [SLUG],
    "groups:people-sheet": [SLUG],
    "groups:document": [SLUG, DOCUMENT],
}


def make_rows() -> None:
    key = default_storage.save("groups/of-tests", ContentFile(b"%PDF-1.7\n"))
    GroupDocumentFactory(uuid=DOCUMENT, group=WorkingGroupFactory(slug=SLUG), key=key)
