"""The register of the editorial import: the talk's 47 pairs and what other sources say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnership.agreements.models import Agreement, AgreementSector, AgreementStage
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

    def slug(row: dict[str, Any]) -> str:
        return Agreement.slug_of(row["acquiring"], row["host"], row["series"])

    pairs = (
        {
            "slug": slug(row),
            "acquiring": countries[row["acquiring"]],
            "host": countries[row["host"]],
            "series": row["series"],
            "note": row["note"],
        }
        for row in rows
    )
    found = load(Agreement, pairs, key=("slug",), done=done)

    def stages() -> Iterator[dict[str, Any]]:
        for row in rows:
            if agreement := found.get((slug(row),)):
                for line in row["stages"]:
                    source = sources[line["source"]] if line["source"] else None
                    yield {
                        **line,
                        "agreement": agreement,
                        "source": source,
                        "checked_on": IMPORTED_ON if line["is_confirmed"] else None,
                    }

    def in_sectors() -> Iterator[dict[str, Any]]:
        for row in rows:
            if agreement := found.get((slug(row),)):
                for line in row["sectors"]:
                    yield {
                        "agreement": agreement,
                        "sector": sectors[line["sector"]],
                        "source": sources[line["source"]],
                    }

    load(AgreementStage, stages(), key=("agreement", "source", "stage", "on"), done=done)
    load(AgreementSector, in_sectors(), key=("agreement", "sector"), done=done)
