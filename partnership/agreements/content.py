"""The register of the editorial import: the talk's 47 pairs and what other sources say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnership.agreements import versions
from partnership.agreements.models import Agreement, AgreementSector, AgreementStage
from partnership.lib import clock
from partnership.members.models import Country
from partnership.sources.content import IMPORTED_ON
from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import Sector, Source

FILE = Path(__file__).parent / "content" / "agreements.json"


def load_agreements(
    sources: dict[str, Source],
    sectors: dict[str, Sector],
    countries: dict[str, Country],
    done: Loaded,
) -> None:
    rows = [
        row
        for row in read(FILE)["agreements"]
        if row["acquiring"] in countries and row["host"] in countries
    ]
    pairs = (
        {
            "slug": _slug(row),
            "acquiring": countries[row["acquiring"]],
            "host": countries[row["host"]],
            "series": row["series"],
            "note": row["note"],
        }
        for row in rows
    )
    found = load(Agreement, pairs, key=("slug",), done=done)
    # An agreement that a person deleted takes nothing more in.
    there = [(found[key], row) for row in rows if (key := (_slug(row),)) in found]
    stages, in_sectors = _stages(there, sources), _in_sectors(there, sources, sectors)
    load(AgreementStage, stages, key=("agreement", "source", "stage", "on"), done=done)
    load(AgreementSector, in_sectors, key=("agreement", "sector"), done=done)
    versions.catch_up(clock.now())


def _slug(row: dict[str, Any]) -> str:
    return Agreement.slug_of(row["acquiring"], row["host"], row["series"])


def _stages(
    there: list[tuple[Agreement, dict[str, Any]]], sources: dict[str, Source]
) -> Iterator[dict[str, Any]]:
    for agreement, row in there:
        for line in row["stages"]:
            yield {
                **line,
                "agreement": agreement,
                "source": sources[line["source"]] if line["source"] else None,
                "checked_on": IMPORTED_ON if line["is_confirmed"] else None,
            }


def _in_sectors(
    there: list[tuple[Agreement, dict[str, Any]]],
    sources: dict[str, Source],
    sectors: dict[str, Sector],
) -> Iterator[dict[str, Any]]:
    for agreement, row in there:
        for line in row["sectors"]:
            yield {
                "agreement": agreement,
                "sector": sectors[line["sector"]],
                "source": sources[line["source"]],
            }
