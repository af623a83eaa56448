"""PDF: each page by itself, so that a broken one costs no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from partnership.information.drawing.limits import Drawing, Page, Refused

# The letters of Arabic words come out of order: what would be found is not what stands there.
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
LETTER = re.compile(r"[^\W\d_]")


def read(file: BinaryIO) -> Drawing:
    try:
        reader = PdfReader(file, strict=False)
        # Many are locked against printing only, with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("locked")
        total = len(reader.pages)
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError):
        raise Refused("damaged") from None
    except RecursionError:
        raise Refused("too_much") from None
    return Drawing(_pages(reader, total), total)


def _pages(reader: PdfReader, total: int) -> Iterator[Page]:
    for number in range(1, total + 1):
        try:
            text = reader.pages[number - 1].extract_text()
        except MemoryError:
            raise
        except Exception:
            yield Page(number, problem="page_damaged")
            continue
        if len(ARABIC.findall(text)) * 2 > len(LETTER.findall(text)) > 0:
            yield Page(number, problem="arabic")
        else:
            yield Page(number, text, problem="" if text.strip() else "page_empty")
