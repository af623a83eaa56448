from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell

from partnership.lib.sheets import (
    TooManyRows,
    refuse_too_many,
    sheet_title,
    write_csv,
    write_xlsx,
    writing,
)
from tests.properties import examples

# What a spreadsheet would compute, and what stands before it to hide it.
SIGNS = st.sampled_from(
    [*"=+-@＝＋－＠'\t\r\n\0 ;,\"#\ufeff\u200b_x0041_", "\r\n", "_x000D_", "#N/A"]
)

TEXT = st.lists(st.text(max_size=8) | SIGNS, max_size=8).map("".join)


def csv_rows(columns: list[Any], rows: list[list[Any]]) -> list[list[str]]:
    written = b"".join(write_csv(columns, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(written, newline=""), strict=True))


def as_read(cell: str) -> str:
    """The rule that the module states: one leading apostrophe is taken off."""
    return cell.removeprefix("'")


def xlsx_cells(columns: list[Any], rows: list[list[Any]], title: str = "Rows") -> list[list[Cell]]:
    file = io.BytesIO(b"".join(write_xlsx(title, columns, rows)))
    return [list(row) for row in load_workbook(file).active]


def in_xlsx(text: str) -> str | None:
    """What XLSX can hold of a text: no control characters, one kind of line end, no empty text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", lines) or None


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    read = csv_rows(texts, [texts])
    assert [[as_read(cell) for cell in row] for row in read] == [texts, texts]


@given(TEXT)
@example("\ufeff=1+1")
@example(" \t=1+1")
def test_no_csv_cell_is_a_formula(text: str) -> None:
    (cell,) = csv_rows(["a"], [[text]])[1]
    assert not cell.lstrip(" \n\0\ufeff\u200b").startswith(tuple("=+-@＝＋－＠"))
    assert not cell.startswith(("\t", "\r"))


@examples(40)
@given(st.lists(TEXT, min_size=1, max_size=4))
@example(["_x000D_ and _x0041_", "#N/A", "=1+1"])
def test_any_text_comes_back_from_xlsx(texts: list[str]) -> None:
    for row in xlsx_cells(texts, [texts]):
        read = [cell.value and cell.value.replace("_x005F_", "_") for cell in row]
        assert read == [in_xlsx(text) for text in texts][: len(read)]
        assert {cell.data_type for cell in row} <= {"s", "n"}
        assert all(cell.data_type == "s" for cell in row if cell.value is not None)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "\tx", " =1", "\u200b=1"])
def test_what_looks_like_a_formula_stays_text_when_somebody_edits_the_cell(text: str) -> None:
    (cell,) = xlsx_cells(["a"], [[text]])[1]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_columns_are_text_too() -> None:
    (cell,) = xlsx_cells(["=a"], [])[0]
    assert (cell.data_type, cell.value) == ("s", "=a")
    assert csv_rows(["=a"], []) == [["'=a"]]


def test_numbers_days_and_truths_keep_their_type() -> None:
    row = [-5, -2.5, Decimal("-1618.2500"), date(2024, 5, 27), datetime(2024, 5, 27, 9), True, None]
    cells = xlsx_cells(list("abcdefg"), [row])[1]
    day = datetime(2024, 5, 27)
    assert [cell.value for cell in cells] == [
        -5,
        -2.5,
        -1618.25,
        day,
        day.replace(hour=9),
        True,
        None,
    ]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "d", "d", "b", "n"]
    assert cells[3].number_format == "yyyy-mm-dd"
    assert ",".join(csv_rows(list("abcdefg"), [row])[1]) == (
        "-5,-2.5,-1618.2500,2024-05-27,2024-05-27T09:00:00,true,"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2024, 5, 27, 9, tzinfo=UTC), "2024-05-27T09:00:00+00:00"),
        (time(9, 30), "09:30:00"),
        (float("nan"), "nan"),
        (Decimal("Infinity"), "Infinity"),
        (12_345_678_901_234_567, "12345678901234567"),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (10**400, str(10**400)),
        (date(1815, 6, 9), "1815-06-09"),
        (gettext_lazy("Search"), "Search"),
        ("a\ud800b", "a?b"),
    ],
)
def test_what_a_spreadsheet_would_change_is_text(value: Any, shown: str) -> None:
    (cell,) = xlsx_cells(["a"], [[value]])[1]
    assert (cell.data_type, cell.value) == ("s", shown)
    assert csv_rows(["a"], [[value]])[1] == [shown]


@examples(40)
@given(st.integers() | st.decimals() | st.floats() | st.booleans() | st.dates() | st.datetimes())
def test_any_value_can_be_written(value: Any) -> None:
    (cell,) = xlsx_cells(["a"], [[value]])[1]
    assert cell.data_type in "snbd"
    assert len(csv_rows(["a"], [[value]])[1]) == 1


def test_a_cell_is_cut_where_excel_would_refuse_it() -> None:
    (cell,) = xlsx_cells(["a"], [["𝔸" * 20_000]])[1]
    assert cell.value == "𝔸" * 16_383 + "…"
    assert csv_rows(["a"], [["b" * 40_000]])[1] == ["b" * 40_000]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("agreements", "agreements"),
        ("", "Sheet"),
        ("'[]:*?/\\'", "Sheet"),
        ("Q1/Q2: what?", "Q1 Q2  what"),
        ("a" * 40, "a" * 30 + "…"),
    ],
)
def test_a_title_is_one_that_excel_takes(title: str, shown: str) -> None:
    assert sheet_title(title) == shown


@examples(40)
@given(TEXT)
def test_any_title_can_be_written(title: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(xlsx_cells(["a"], [], title=title)) == 1


def test_csv_is_marked_as_utf8_and_ends_its_lines_as_the_standard_says() -> None:
    assert b"".join(write_csv(["a", "é"], [["x,y", 'z"']])) == (
        b'\xef\xbb\xbfa,\xc3\xa9\r\n"x,y","z"""\r\n'
    )


def test_csv_is_sent_while_rows_are_still_read() -> None:
    read = []

    def rows() -> Iterator[list[str]]:
        for number in range(10_000):
            read.append(number)
            yield ["x" * 100]

    chunks = write_csv(["a"], rows())
    next(chunks)
    assert len(next(chunks)) < 100_000
    assert len(read) < 1_000


def test_more_rows_than_a_sheet_holds_are_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MAX_ROWS", 3)
    refuse_too_many(3)
    with pytest.raises(TooManyRows, match="at most 3 rows"):
        refuse_too_many(4)
    assert len(csv_rows(["a"], [[1]] * 3)) == 4
    with pytest.raises(TooManyRows):
        list(write_csv(["a"], [[1]] * 4))
    with pytest.raises(TooManyRows):
        next(write_xlsx("a", ["a"], [[1]] * 4))


def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Iterator[list[int]]:
        yield [1]
        raise ValueError("the database went away")

    with pytest.raises(ValueError, match="went away"):
        list(write_xlsx("a", ["a"], rows()))
    next(write_xlsx("a", ["a"], [[1]]))
    assert list(tmp_path.iterdir()) == []
