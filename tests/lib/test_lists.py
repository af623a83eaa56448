from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from partnership.lib.sheets import writing
from tests.factories.sources import DatedFactFactory

pytestmark = pytest.mark.django_db


def content(response) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def test_a_list_is_written_whole_as_csv(client) -> None:
    DatedFactFactory.create_batch(120)
    DatedFactFactory(key="=1+1", label="-5 Parties", value_number=-5)
    response = client.get("/api/v1/facts/?format=csv")
    text = content(response).decode("utf-8-sig")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="facts.csv"'
    assert len(rows) == 121
    assert rows["'=1+1"]["label"] == "'-5 Parties"
    assert (rows["'=1+1"]["value_number"], rows["'=1+1"]["as_of"]) == ("-5", "2022-12-31")


def test_numbers_and_days_of_a_list_are_typed_in_xlsx(client) -> None:
    DatedFactFactory(value_number=-5)
    response = client.get("/api/v1/facts/?format=xlsx")
    sheet = load_workbook(io.BytesIO(content(response))).active
    columns, row = sheet.iter_rows(values_only=True)
    found = dict(zip(columns, row, strict=True))
    assert (found["value_number"], found["as_of"]) == (-5, datetime(2022, 12, 31))
    assert (sheet.title, response["Content-Disposition"]) == (
        "facts",
        'attachment; filename="facts.xlsx"',
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_too_long_for_a_sheet_is_refused_before_anything_is_sent(
    client, monkeypatch, kind: str
) -> None:
    monkeypatch.setattr(writing, "MAX_ROWS", 2)
    DatedFactFactory.create_batch(3)
    response = client.get(f"/api/v1/facts/?format={kind}")
    assert (response.status_code, response.json()["code"]) == (409, "too_many_rows")
    assert client.get("/api/v1/facts/").status_code == 200
