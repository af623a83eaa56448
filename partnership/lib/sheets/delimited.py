"""CSV as offices write it: in any of the known encodings, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from partnership.lib.sheets import encodings
from partnership.lib.sheets.limits import FORMULA, Refused

DELIMITERS = ",;\t"
PROGRAMS_AND_PICTURES = (b"MZ", b"\x7fELF", b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
# So many records are looked at for the delimiter.
LOOKED_AT = 30

Found = tuple[int, list[str], list[tuple[int, str]]]


def _refuse_what_is_no_text(data: bytes, encoding: str) -> None:
    """A program with the name of a list is no text; a list may be in another encoding."""
    if data.startswith(PROGRAMS_AND_PICTURES):
        raise Refused("not_text")
    head = data[:65_536].decode(encoding, "ignore")
    odd = sum(sign < " " and sign not in "\t\n\r\v\f" for sign in head)
    if "\0" in head or (odd > 20 and odd * 200 > len(head)):
        raise Refused("not_text")
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("other_encoding", row=data.count(b"\n", 0, error.start) + 1) from None


def read(file: BinaryIO, encoding: str) -> tuple[dict[str, str], Iterator[Found]]:
    """What was found out about the text, and its records with the number a spreadsheet shows."""
    data = file.read()
    encoding = encoding or encodings.detect(data)
    _refuse_what_is_no_text(data, encoding)
    del data
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    start, delimiter = _look(text)
    head = {"kind": "csv", "encoding": encoding, "delimiter": delimiter}
    return head, _records(text, start, delimiter)


def _look(text: io.TextIOWrapper) -> tuple[int, str]:
    """How many records to leave out, and what divides the cells of the others."""
    sample = text.read(65_536).removeprefix("\ufeff")
    text.seek(0)
    first, _, _rest = sample.partition("\n")
    # Excel itself writes this line to say how the file is divided.
    if first.strip().lower() in ("sep=,", "sep=;", "sep=\\t", "sep=\t"):
        return 1, "\t" if "t" in first.strip()[4:] else first.strip()[4:] or "\t"
    return 0, max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    """How many records are as wide as the first, and how wide that is."""
    widths = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            widths.append(len(record))
            if len(widths) == LOOKED_AT:
                break
    except csv.Error:
        pass
    if not widths or widths[0] == 1:
        return 0, 0
    return sum(width == widths[0] for width in widths), widths[0]


def _records(text: io.TextIOWrapper, start: int, delimiter: str) -> Iterator[Found]:
    number = 0
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "cell_too_long" if "field larger" in str(error) else "quotes"
            raise Refused(code, row=number) from None
        if number == 1 and record:
            record[0] = record[0].removeprefix("\ufeff")
        if number > start:
            yield number, [_own(cell) for cell in record], _formulas(record)


def _own(cell: str) -> str:
    """Takes back the apostrophe of our writer, and only that: 's-Gravenhage keeps its own."""
    rest = cell[1:]
    is_ours = cell.startswith("'") and (rest.startswith("'") or FORMULA.match(rest))
    return rest if is_ours else cell


def _formulas(record: list[str]) -> list[tuple[int, str]]:
    """A number may begin with + or -, an account with @; what begins with = would be computed."""
    return [(at, "formula") for at, cell in enumerate(record) if cell.lstrip()[:1] in ("=", "＝")]
