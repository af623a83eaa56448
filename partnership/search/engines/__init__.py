"""Which engine looks entries up. One more is one more class with `look`, and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from partnership.search.engines.asked import Asked, Engine, Looked
from partnership.search.engines.postgresql import PostgreSQL
from partnership.search.engines.sqlite import SQLite

__all__ = ["Asked", "Engine", "Looked", "engine"]

ENGINES: Mapping[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def engine() -> Engine:
    """The one of the database that the entries are in."""
    return ENGINES[connection.vendor]
