"""Countries, the partnership and the organisations that sources name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partnership.members.models import (
    AreaOfWork,
    Country,
    CountryAlias,
    CountryGroup,
    CountryName,
    Institution,
    MembershipCount,
)
from partnership.sources.loading import Loaded, load, read
from partnership.sources.models import Source

FOLDER = Path(__file__).parent / "content"
OWN = ("iso3", "iso2", "name", "region", "subregion", "place", "party_note")
TO_CONFIRM = "Taken from the United Nations list by the editors; to be confirmed."
GRADUATION = {
    "BGD": "Planned to leave the list on 24 November 2026; a request to defer is to be confirmed.",
    "LAO": "Planned to leave the list on 24 November 2026; to be confirmed.",
    "NPL": "Planned to leave the list on 24 November 2026; to be confirmed.",
}


def load_countries(sources: dict[str, Source], done: Loaded) -> dict[str, Country]:
    """All Parties by code, with their names, labels and groups."""
    file = read(FOLDER / "countries.json")
    parties = sources["un-paris-parties"]
    rows = [
        {
            **{name: row[name] for name in OWN},
            "longitude": row["lon"],
            "latitude": row["lat"],
            "party_source": parties,
        }
        for row in file["countries"]
    ]
    found = load(Country, rows, key=("iso3",), done=done)
    countries = {code: country for (code,), country in found.items()}
    load(CountryName, _names(file, countries), key=("country", "language"), done=done)
    load(CountryAlias, _aliases(file, countries), key=("country", "label"), done=done)
    groups = _groups(file, countries, sources["un-lists-ldc-sids"])
    load(CountryGroup, groups, key=("country", "group"), done=done)
    return countries


def _names(file: dict[str, Any], countries: dict[str, Country]) -> Iterator[dict[str, Any]]:
    for row in file["countries"]:
        if country := countries.get(row["iso3"]):
            for language, name in row["names"].items():
                yield {"country": country, "language": language, "name": name}


def _aliases(file: dict[str, Any], countries: dict[str, Country]) -> Iterator[dict[str, Any]]:
    for row in file["countries"]:
        if country := countries.get(row["iso3"]):
            for alias in row["aliases"]:
                yield {"country": country, "label": alias["label"], "is_shown": alias["shown"]}
    # A label that may mean several countries is a label of each: matching then finds more than one.
    for row in file["ambiguous_labels"]:
        for code in row["candidates"]:
            if country := countries.get(code):
                yield {"country": country, "label": row["label"], "is_shown": False}


def _groups(
    file: dict[str, Any], countries: dict[str, Country], source: Source
) -> Iterator[dict[str, Any]]:
    for row in file["countries"]:
        for group in ("ldc", "sids"):
            if row[group] and row["iso3"] in countries:
                graduation = GRADUATION.get(row["iso3"], "") if group == "ldc" else ""
                yield {
                    "country": countries[row["iso3"]],
                    "group": group,
                    "note": graduation or TO_CONFIRM,
                    "source": source,
                }


def load_partnership(
    sources: dict[str, Source], countries: dict[str, Country], done: Loaded
) -> None:
    """Areas of work, membership as counted, and organisations named in sources."""
    file = read(FOLDER / "partnership.json")
    launch = sources[file["source"]]
    areas = ({**row, "source": launch} for row in file["areas_of_work"])
    load(AreaOfWork, areas, key=("slug",), done=done)
    counts = ({**row, "source": sources[row["source"]]} for row in file["membership_series"])
    load(MembershipCount, counts, key=("on", "source"), done=done)
    institutions = (
        {
            "slug": row["slug"],
            "name": row["name"],
            "acronym": row["acronym"],
            "kind": row["kind"],
            "seat": countries.get(row["seat"] or ""),
            "website": row["site"],
            "role": row["role"],
            "source": sources[row["source"]],
        }
        for row in file["organisations"]
    )
    load(Institution, institutions, key=("slug",), done=done)
