"""What a program reads of the API's answers."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from partnership.information.models import GlossaryTerm


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    return client.get(address).json()["results"]


def walk(client: Client, address: str) -> list[list[dict[str, Any]]]:
    """All pages from an address on; a list that has no end fails."""
    found = []
    while address:
        body = client.get(address).json()
        found.append(body["results"])
        assert len(found) < 300
        address = body["next"]
    return found


def term(name: str, slug: str) -> GlossaryTerm:
    return GlossaryTerm.objects.create(term=name, slug=slug, definition="A word.")


def sheet(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of an XLSX file by the names of their columns."""
    response = client.get(address)
    workbook = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    columns, *found = workbook.active.iter_rows(values_only=True)
    return [dict(zip(columns, row, strict=True)) for row in found]


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
