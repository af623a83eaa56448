"""Sheets that somebody made to do harm, or that break on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from partnership.lib.sheets import write_xlsx

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ROOT = (
    "<Relationships><Relationship Id='r1' Target='xl/workbook.xml' "
    "Type='http://x/relationships/officeDocument'/></Relationships>"
)
BOOK = "<workbook xmlns:r='r'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>"
LINKS = (
    "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml' "
    "Type='http://x/relationships/worksheet'/><Relationship Id='r2' Target='sharedStrings.xml' "
    "Type='http://x/relationships/sharedStrings'/></Relationships>"
)


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{text_cell("A1", "name")}{text_cell("B1", "mail")}</row>'


def workbook(sheet: str | Iterator[bytes], *, head: str = "", **parts: str) -> bytes:
    """A workbook with the XML of one sheet, and with other parts by their names."""
    file = io.BytesIO()
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        **{name.replace("__", "/"): text for name, text in parts.items()},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            if isinstance(sheet, str):
                rows = f"<worksheet><sheetData>{HEAD}{sheet}</sheetData></worksheet>"
                part.write((head + rows).encode())
            else:
                for bit in sheet:
                    part.write(bit)
    return file.getvalue()


def padded(piece: bytes, times: int) -> Iterator[bytes]:
    yield b"<worksheet><sheetData>" + HEAD.encode()
    block = piece * 1000
    for _ in range(times // 1000):
        yield block
    yield b"</sheetData></worksheet>"


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    return workbook(f'<row r="2">{text_cell("A2", "&l9;")}</row>', head=head)


def file_of_the_server() -> bytes:
    head = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    return workbook(f'<row r="2">{text_cell("A2", "&secret;")}</row>', head=head)


def laughing_texts() -> bytes:
    texts = '<!DOCTYPE x [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'
    return workbook("", xl__sharedStrings_xml=texts).replace(
        b"sharedStrings_xml", b"sharedStrings.xml"
    )


def stretched() -> bytes:
    """Ten thousand spaces to a byte."""
    return workbook(padded(b" " * 1000, 140_000))


def tall_claim() -> bytes:
    """A few bytes that claim a million rows: they are as many as they are."""
    far = f'<row r="1048576">{text_cell("A1048576", "far")}</row>'
    dimension = "<worksheet><dimension ref='A1:XFD1048576'/><sheetData>"
    return workbook(iter([f"{dimension}{HEAD}{far}</sheetData></worksheet>".encode()]))


def many_parts() -> bytes:
    return workbook("", **{f"xl__media{n}": "" for n in range(600)})


def program() -> bytes:
    return b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 40


def written(columns: list[str], rows: list[list[object]]) -> bytes:
    return b"".join(write_xlsx("a", columns, rows))
