"""Feeds as their hosts write them."""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """One entry of a feed."""

    id: str
    link: str
    title: str = "News"
    summary: str = ""
    day: str = "2026-03-01T10:00:00Z"


def atom(*told: Told) -> bytes:
    entries = "".join(
        f"<entry><id>{one.id}</id><title>{one.title}</title><link href='{one.link}'/>"
        f"<updated>{one.day}</updated><summary>{one.summary}</summary></entry>"
        for one in told
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{entries}</feed>".encode()
