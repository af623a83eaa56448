"""What a PDF of ours says, read back without a library: its text, its tags, its fonts.

Only what typst writes is understood: streams packed with zlib, glyphs of two bytes, a map from
glyphs to letters for each font, `ActualText` where several glyphs make one cluster.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
FONTS = re.compile(rb"/Font<<(.*?)>>")
CONTENT = re.compile(rb"/Contents (\d+) 0 R")
TEXT = re.compile(rb"\nBT(.*?)\nET", re.DOTALL)
# A font is chosen; several glyphs are one text; that ends; glyphs.
TOKEN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|/ActualText<FEFF([0-9A-F]*)>|(EMC)|\(((?:\\.|[^\\()])*)\)", re.DOTALL
)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def unpacked(pdf: bytes) -> bytes:
    """The file with its packed streams opened."""
    return b"\n".join([pdf, *_objects(pdf).values()])


def lines_of(pdf: bytes) -> list[str]:
    """Each stretch of text, in the order in which it is written: what copying gives."""
    objects = _objects(pdf)
    said = []
    for page in objects.values():
        if content := CONTENT.search(page):
            fonts = _fonts(objects, page)
            texts = TEXT.findall(objects[int(content[1])])
            said += ["".join(_in_order(list(_clusters(text, fonts)))) for text in texts]
    return said


def _clusters(text: bytes, fonts: dict[str, dict[int, str]]) -> Iterator[str]:
    font, is_told = "", False
    for name, told, end, glyphs in TOKEN.findall(text):
        if name:
            font = name.decode()
        elif told:
            is_told = True
            yield bytes.fromhex(told.decode()).decode("utf-16-be")
        elif end:
            is_told = False
        elif glyphs and not is_told:
            yield from _letters(glyphs, fonts[font])


def _in_order(clusters: list[str]) -> list[str]:
    """Glyphs stand from left to right; a line of Arabic is read the other way round."""
    kinds = {unicodedata.bidirectional(mark) for cluster in clusters for mark in cluster}
    return clusters[::-1] if kinds & {"R", "AL"} else clusters


def _objects(pdf: bytes) -> dict[int, bytes]:
    found = {}
    for number, body in OBJECT.findall(pdf):
        packed = STREAM.search(body)
        if packed and b"FlateDecode" in body:
            body = zlib.decompressobj().decompress(packed[1])  # noqa: PLW2901
        found[int(number)] = body
    return found


def _fonts(objects: dict[int, bytes], page: bytes) -> dict[str, dict[int, str]]:
    """For each font of a page what its glyphs mean."""
    pointer = re.search(rb"/Resources (\d+) 0 R", page)
    names = FONTS.search(objects[int(pointer[1])]) if pointer else None
    named = re.findall(rb"/(f\d+) (\d+) 0 R", names[1] if names else b"")
    return {name.decode(): _map(objects, int(number)) for name, number in named}


def _map(objects: dict[int, bytes], font: int) -> dict[int, str]:
    pointer = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert pointer, "a font whose letters cannot be copied"
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in MAPPED.findall(objects[int(pointer[1])])
    }


def _letters(glyphs: bytes, meant: dict[int, str]) -> list[str]:
    def plain(mark: re.Match[bytes]) -> bytes:
        return bytes([int(mark[1], 8)]) if mark[1].isdigit() else ESCAPED.get(mark[1], mark[1])

    codes = re.sub(rb"\\([0-7]{1,3}|.)", plain, glyphs, flags=re.DOTALL)
    return [meant[int.from_bytes(codes[n : n + 2])] for n in range(0, len(codes), 2)]
