"""How many queries an address takes, and what of all that was asked counts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def asked_of(queries: CaptureQueriesContext) -> list[str]:
    """The statements, beside the one that asks PostgreSQL what time it is."""
    return [query["sql"] for query in queries if "clock_timestamp" not in query["sql"]]


def costs(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """The number of queries of each address, for tests that ask many over the same rows."""
    return {address: _cost(client, address) for address in addresses}


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert len(b"".join(answer)) > 100, address
    assert answer.status_code == 200, address
    return len(asked_of(queries))
