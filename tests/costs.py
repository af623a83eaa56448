"""How many queries an address takes, for tests that ask many addresses over the same rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def costs(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """Of each address, beside the one query that asks PostgreSQL what time it is."""
    return {address: _cost(client, address) for address in addresses}


def body_of(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert body_of(answer), address
    assert answer.status_code == 200, address
    return len([query for query in queries if "clock_timestamp" not in query["sql"]])
