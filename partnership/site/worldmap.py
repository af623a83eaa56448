"""The world map: one dot per Party, at its capital, over land without borders. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnership.site.projection import HEIGHT, WIDTH, project


@dataclass(frozen=True)
class Place:
    """Where a Party's dot belongs."""

    code: str
    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Dot:
    code: str
    name: str
    x: float
    y: float
    is_acquiring: bool


@dataclass(frozen=True)
class WorldMap:
    """Linked dots for Parties in the register, one path for all others."""

    dots: list[Dot]
    others: str
    width: float = WIDTH
    height: float = HEIGHT


def draw(places: Iterable[Place], roles: Mapping[str, set[str]]) -> WorldMap:
    """`roles` gives the part of each Party in the register by code; the rest are small marks."""
    dots, others = [], []
    for place in places:
        x, y = (round(part) for part in project(place.longitude, place.latitude))
        role = roles.get(place.code)
        if role:
            dots.append(Dot(place.code, place.name, x, y, "acquiring" in role))
        else:
            others.append(f"M{x} {y}h0")
    return WorldMap(dots, "".join(others))
