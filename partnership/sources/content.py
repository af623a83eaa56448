"""Sources, facts and sectors of the editorial import."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import DatedFact, Sector, Source

FOLDER = Path(__file__).parent / "content"
# The day on which the editors compared the content files with their sources.
IMPORTED_ON = date(2026, 11, 24)


def load_sources(done: Loaded) -> dict[str, Source]:
    """All sources by slug."""
    rows = (
        {**row, "published_precision": row["published_precision"] or "day"}
        for row in read(FOLDER / "sources.json")["sources"]
    )
    found = load(Source, rows, key=("slug",), done=done)
    return {slug: source for (slug,), source in found.items()}


def load_sectors(sources: dict[str, Source], done: Loaded) -> dict[str, Sector]:
    """The sectors of the agreed electronic format, by name."""
    rows = (
        {"slug": row["slug"], "name": row["name"], "source": sources[row["source"]]}
        for row in read(FOLDER / "sectors.json")["sectors"]
    )
    found = load(Sector, rows, key=("slug",), done=done)
    return {sector.name: sector for sector in found.values()}


def load_facts(sources: dict[str, Source], done: Loaded) -> None:
    def values(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "source": sources[row["source"]], "checked_on": IMPORTED_ON}

    load(DatedFact, map(values, read(FOLDER / "facts.json")["facts"]), key=("key",), done=done)
