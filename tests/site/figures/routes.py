"""The routes of the figures, and a row for each."""

from __future__ import annotations

from tests.factories.figures import SnapshotFactory

KEY = "agreements"
ARGUMENTS: dict[str, list[object]] = {
    "figures:one": [KEY],
    "figures:data": [KEY],
    "figures:fact": ["fact"],
    "api:figures-detail": [KEY],
    "api:snapshots-list": [KEY],
    "api:snapshots-detail": [KEY, "2026-03-31"],
}


def make_rows() -> None:
    SnapshotFactory(series=KEY)
