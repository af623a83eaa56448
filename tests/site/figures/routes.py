"""The routes of the figures and of lists that programs read, and a row for each."""

from __future__ import annotations

from tests.factories.feeds import ItemFactory
from tests.factories.figures import SnapshotFactory
from tests.factories.links import LinkFactory

KEY, UUID = "agreements", "5f0ccd1e-3f70-4d63-9b9e-000000000054"
ARGUMENTS: dict[str, list[object]] = {
    "figures:one": [KEY],
    "figures:data": [KEY],
    "figures:fact": ["fact"],
    "api:figures-detail": [KEY],
    "api:snapshots-detail": [UUID],
    "api:news-detail": [UUID],
    "api:links-detail": [UUID],
}


def make_rows() -> None:
    SnapshotFactory(series=KEY, uuid=UUID)
    ItemFactory(uuid=UUID, decided=True)
    LinkFactory(uuid=UUID)
