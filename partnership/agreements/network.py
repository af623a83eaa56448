"""Who cooperates with whom, as a picture: two columns of names and a line for each agreement.

Pure: takes pairs, gives coordinates. The units are those of the picture's viewBox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 800
ROW = 22
TOP = 30
ACQUIRING_X, HOST_X = 200, 520


@dataclass(frozen=True)
class Pair:
    """One agreement: keys that tell the Parties apart, and the class its line is drawn in."""

    acquiring: str
    host: str
    style: str


@dataclass(frozen=True)
class Node:
    key: str
    x: float
    y: float
    lines: int

    @property
    def baseline(self) -> float:
        return self.y + 4


@dataclass(frozen=True)
class Line:
    path: str
    style: str


@dataclass(frozen=True)
class Network:
    """Nodes and lines of the picture, and its height."""

    acquiring: list[Node]
    hosts: list[Node]
    lines: list[Line]
    height: float
    width: float = WIDTH


def draw(pairs: Sequence[Pair]) -> Network:
    """Lay out the hosts one below the other, the acquiring Parties at the middle of their hosts.

    Keys come in the order they are to be listed.
    """
    host_keys = list(dict.fromkeys(sorted((pair.host for pair in pairs), key=str)))
    host_y = {key: TOP + ROW * (index + 0.5) for index, key in enumerate(host_keys)}
    height = TOP + ROW * max(len(host_keys), 1) + 10
    wishes: dict[str, list[float]] = {}
    for pair in pairs:
        wishes.setdefault(pair.acquiring, []).append(host_y[pair.host])
    acquiring_y = _spread({key: sum(ys) / len(ys) for key, ys in wishes.items()}, height)
    return Network(
        acquiring=[
            Node(key, ACQUIRING_X, round(y, 1), len(wishes[key])) for key, y in acquiring_y.items()
        ],
        hosts=[
            Node(key, HOST_X, y, sum(pair.host == key for pair in pairs))
            for key, y in host_y.items()
        ],
        lines=[
            Line(_curve(acquiring_y[pair.acquiring], host_y[pair.host]), pair.style)
            for pair in pairs
        ],
        height=height,
    )


def _spread(wished: dict[str, float], height: float) -> dict[str, float]:
    """Keep the order of the wishes and give each acquiring Party an equal share of the height."""
    order = sorted(wished, key=lambda key: (wished[key], key))
    share = (height - TOP) / max(len(order), 1)
    return {key: TOP + share * (index + 0.5) for index, key in enumerate(order)}


def _curve(start_y: float, end_y: float) -> str:
    start, end, middle = ACQUIRING_X + 8, HOST_X - 8, (ACQUIRING_X + HOST_X) / 2
    bend = f"{middle:.0f} {start_y:.1f} {middle:.0f} {end_y:.1f}"
    return f"M{start} {start_y:.1f}C{bend} {end} {end_y:.1f}"
