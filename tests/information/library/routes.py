"""The routes of the library, who may use them, and a document with a file."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.sources.models import Sector
from tests.factories.information import DocumentFactory, FileFactory
from tests.factories.sources import SectorFactory

EDITORS = {Role.ADMINISTRATOR, Role.DATA_EDITOR}
SLUG, TOPIC = "letter-template", "topic-of-tests"
BOTH_WAYS = {f"library:{name}" for name in ("add", "bring", "one", "desk")}
OF_EDITORS = BOTH_WAYS
PROPOSE = "library:propose"
ARGUMENTS: dict[str, list[object]] = {
    "library:document": [SLUG],
    "library:version": [SLUG, 1],
    "library:file": [SLUG, 1],
    "library:one": [SLUG],
    "api:documents-detail": [SLUG],
    "site:topic": [TOPIC],
}


def make_rows() -> None:
    key = default_storage.save("library/of-tests", ContentFile(b"%PDF-1.7\n"))
    FileFactory(document=DocumentFactory(slug=SLUG), key=key)
    if not Sector.objects.filter(slug=TOPIC).exists():
        SectorFactory(slug=TOPIC)
