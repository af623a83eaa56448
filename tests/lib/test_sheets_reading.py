from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from partnership.lib.sheets import (
    Limits,
    SheetRefused,
    child,
    open_sheet,
    write_csv,
    write_xlsx,
)
from tests.lib import hostile
from tests.lib.hostile import text_cell, workbook
from tests.lib.test_sheets import TEXT, in_xlsx
from tests.properties import examples


def rows_of(data: bytes, name: str = "a.csv", **how: object) -> list[list[str]]:
    with open_sheet(io.BytesIO(data), name, **how) as sheet:  # type: ignore[arg-type]
        return [sheet.columns, *(row.cells for row in sheet)]


def read_here(data: bytes, suffix: str) -> list[list[str]]:
    """The same without a process of its own, for many examples."""
    lines = map(json.loads, child.told(io.BytesIO(data), suffix, "", Limits()))
    return [cells for line in lines for _number, cells, _problems in line.get("rows", [])]


def refused(data: bytes, name: str, **how: object) -> SheetRefused:
    with pytest.raises(SheetRefused) as found:
        rows_of(data, name, **how)
    return found.value


@examples(60)
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=3))
@example([["'s-Gravenhage", "''", "'=1"]])
def test_what_our_writer_writes_as_csv_comes_back(rows: list[list[str]]) -> None:
    rows = [["key", *(cell.replace("\0", "") for cell in row)] for row in rows]
    data = b"".join(write_csv(["k", "a", "b", "c"], rows))
    # What is full of signs that nobody types is taken for a program.
    assume(sum(byte < 32 and byte not in b"\t\n\r\v\f" for byte in data) <= 20)
    assert read_here(data, ".csv") == rows


@examples(60)
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=3))
@example([["_x000D_ and _x005F_x0041_", "#N/A", "=1+1"]])
def test_what_our_writer_writes_as_xlsx_comes_back(rows: list[list[str]]) -> None:
    rows = [["key", *row] for row in rows]
    data = b"".join(write_xlsx("a", ["k", "a", "b", "c"], rows))
    assert read_here(data, ".xlsx") == [[in_xlsx(cell) or "" for cell in row] for row in rows]


def test_what_reads_a_strangers_file_holds_nothing_of_the_site() -> None:
    code = (
        "import partnership.lib.sheets.child, sys; print({*sys.modules} & {'django', 'openpyxl'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_list_reads_the_same_from_csv_and_from_xlsx() -> None:
    row = ["a", 7, -2.5, date(2024, 5, 27), datetime(2024, 5, 27, 9, 30), True, None, 0.1 + 0.2]
    told = ["a", "7", "-2.5", "2024-05-27", "2024-05-27T09:30:00", "true", ""]
    columns = list("abcdefgh")
    assert rows_of(b"".join(write_csv(columns, [row])))[1][:7] == told
    assert rows_of(b"".join(write_xlsx("a", columns, [row])), "a.xlsx")[1] == [*told, "0.3"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_divides_the_cells_is_found(delimiter: str) -> None:
    lines = [["name", "post"], ["Do, An", "head; acting"], ["x", ""]]
    text = "".join(delimiter.join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    with open_sheet(io.BytesIO(text.encode()), "a.csv") as sheet:
        assert sheet.delimiter == delimiter
        assert [sheet.columns, *(row.cells for row in sheet)] == lines


def test_a_line_by_which_excel_says_what_divides_is_no_row() -> None:
    assert rows_of(b"sep=;\r\nname;mail\r\na;b\r\n") == [["name", "mail"], ["a", "b"]]


def test_rows_have_the_number_that_a_spreadsheet_shows() -> None:
    data = b'\r\nname,mail\r\n\r\n"two\r\nlines",b\r\n,\r\nc,d\r\n'
    with open_sheet(io.BytesIO(data), "a.csv") as sheet:
        assert [row.number for row in sheet] == [4, 6]
    sparse = f'<row r="7">{text_cell("B7", "x")}</row><row r="9"><c r="A9"/></row>'
    with open_sheet(io.BytesIO(workbook(sparse)), "a.xlsx") as sheet:
        assert [(row.number, row.cells) for row in sheet] == [(7, ["", "x"])]


def test_an_apostrophe_that_belongs_to_a_name_stays() -> None:
    assert rows_of(b"name\r\n's-Gravenhage\r\n'=1\r\n''x\r\n")[1:] == [
        ["'s-Gravenhage"],
        ["=1"],
        ["'x"],
    ]


def test_formulas_errors_and_cells_beyond_are_told_with_row_and_column() -> None:
    sheet = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
        f'<row r="3">{text_cell("A3", "x")}{text_cell("D3", "note")}</row>'
    )
    with open_sheet(io.BytesIO(workbook(sheet)), "a.xlsx") as found:
        told = {row.number: row.problems for row in found}
    assert told == {2: [(0, "formula"), (1, "error_value")], 3: [(3, "beyond")]}
    with open_sheet(io.BytesIO(b"name,mail\r\n=1+1,b\r\nc,d,e\r\nf\x07,g\r\n"), "a.csv") as found:
        told = {row.number: row.problems for row in found}
    assert told == {2: [(0, "formula")], 3: [(2, "beyond")], 4: [(0, "control")]}


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "laughs.xlsx": (hostile.billion_laughs, "entities"),
    "laughing-texts.xlsx": (hostile.laughing_texts, "entities"),
    "server.xlsx": (hostile.file_of_the_server, "entities"),
    "stretched.xlsx": (hostile.stretched, "bomb"),
    "parts.xlsx": (hostile.many_parts, "too_many_parts"),
    "program.csv": (hostile.program, "not_text"),
    "program.xlsx": (hostile.program, "not_a_workbook"),
    "nothing.csv": (lambda: b"", "no_bytes"),
    "nothing.xlsx": (lambda: b"", "no_bytes"),
    "blank.csv": (lambda: b"\xef\xbb\xbf ,\r\n,,\r\n", "empty"),
    "old.xlsx": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_or_locked"),
    "named-wrongly.csv": (lambda: workbook(""), "not_csv"),
    "named-wrongly.xlsx": (lambda: b"name,mail\r\n", "not_a_workbook"),
    "half.xlsx": (lambda: workbook("")[:700], "damaged"),
    "unclosed.xlsx": (lambda: workbook("<row><c>"), "damaged"),
    "zip.xlsx": (lambda: b"PK\x05\x06" + b"\0" * 18, "not_a_workbook"),
    "program.exe": (hostile.program, "suffix"),
    "twins.csv": (lambda: b"Name,Mail,name \r\na,b,c\r\n", "twins"),
    "wide.csv": (lambda: b",".join([b"x%d" % n for n in range(20_000)]), "too_wide"),
    "wide.xlsx": (lambda: workbook(f'<row r="2">{text_cell("XFD2", "x")}</row>'), "too_wide"),
    "tall.csv": (lambda: b"name\r\n" + b"a\r\n" * 2_000_000, "too_many_rows"),
    "quotes.csv": (lambda: b'name,mail\r\n"a,b\r\n' + b"c,d\r\n" * 90_000, "cell_too_long"),
    "mixed.csv": (lambda: "name\r\nNoël\r\n".encode() + "Noël".encode("cp1252"), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_in_five_seconds(name: str) -> None:
    make, code = HOSTILE[name]
    data = make()
    started = time.monotonic()
    if code:
        assert refused(data, name).code == code
    else:
        assert len(rows_of(data, name)) == 3
    assert time.monotonic() - started < 5


def test_the_child_that_reads_is_held_below_half_a_gigabyte() -> None:
    """Asked of the kernel: what a child took at most is told with what its parent took."""
    with open_sheet(BytesIO(b"name\r\n" + b"a\r\n" * 50_000), "a.csv"):
        limits = [
            Path(f"/proc/{child}/limits").read_text()
            for child in Path("/proc/thread-self/children").read_text().split()
            if b"sheets.child" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]

    (told,) = limits
    line = next(line for line in told.splitlines() if line.startswith("Max address space"))
    assert int(line.split()[3]) == Limits().memory < 512 * 1024 * 1024


def test_a_sheet_that_claims_a_million_rows_has_those_that_it_has() -> None:
    assert len(hostile.tall_claim()) < 2_000
    assert rows_of(hostile.tall_claim(), "a.xlsx")[1:] == [["far", ""]]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(rows=50), "too_many_rows"),
        (Limits(cells=100), "too_many_cells"),
        (Limits(columns=2), "too_wide"),
        (Limits(bytes=300), "too_big"),
        (Limits(unpacked=3_000), "bomb"),
        (Limits(letters=3), "cell_too_long"),
    ],
)
def test_each_limit_of_a_workbook_is_held(limits: Limits, code: str) -> None:
    data = hostile.written(["a", "b", "c"], [["long", "x", "y"]] * 60)
    assert len(rows_of(data, "a.xlsx")) == 61
    assert refused(data, "a.xlsx", limits=limits).code == code


def test_a_reader_that_says_nothing_for_long_is_ended() -> None:
    assert refused(b"name\r\na\r\n", "a.csv", limits=Limits(silence=0.0)).code == "too_slow"


def test_a_reader_that_takes_too_much_memory_or_time_is_ended() -> None:
    text = "".join(f"<si><t>{'x' * 90}{n}</t></si>" for n in range(150_000))
    data = workbook("", xl__sharedStrings_xml=f"<sst>{text}</sst>")
    data = data.replace(b"sharedStrings_xml", b"sharedStrings.xml")
    small = Limits(memory=40 * 1024 * 1024)
    assert refused(data, "a.xlsx", limits=small).code == "too_much"


def test_rows_arrive_while_the_sheet_is_still_read() -> None:
    data = b"name\r\n" + b"a\r\n" * 90_000
    with open_sheet(io.BytesIO(data), "a.csv") as sheet:
        assert next(iter(sheet)).cells == ["a"]


def test_a_sentence_says_where_and_what_to_do() -> None:
    error = refused(b"name\r\nx\r\n\x81", "a.csv", encoding="cp1252")
    assert (error.code, str(error)) == (
        "other_encoding",
        "Row 3 cannot be read in this encoding. Choose another one, or save as UTF-8.",
    )
    assert "Columns 1 and 3 are both called “name”" in str(refused(b"Name,b,name", "a.csv"))
