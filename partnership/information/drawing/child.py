"""The process in which a stranger's document is read. It limits itself before the first byte.

    python -m partnership.information.drawing.child '{"kind": "pdf", "limits": {…}}' < file

It writes lines of JSON: how many pages there are, each page, then an end or a refusal. What it
meets may kill it; whoever asked then keeps what was told before.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, BinaryIO

from partnership.information.drawing.limits import Drawing, Limits, Refused
from partnership.lib.limiting import limit_itself

# What no database stores or no reader sees: controls but tab and line, halves of letters.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u00ad]")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a]+")
EMPTY_LINES = re.compile(r" ?\n(?: ?\n)+ ?")
LONGEST_HEADING = 200
MOST_TOLD = 100_000
READERS = {"pdf": "pdf", "docx": "texts", "pptx": "slides", "xlsx": "tables", "csv": "tables"}
READERS |= {"html": "web"}


def main(asked: str) -> None:
    wanted = json.loads(asked)
    limits = Limits(**wanted["limits"])
    limit_itself(memory=limits.memory, seconds=limits.seconds)
    try:
        for told in lines(sys.stdin.buffer, wanted["kind"], limits):
            _say(told)
    except Refused as refused:
        _say({"refused": refused.code})
    except MemoryError:
        _say({"refused": "too_much"})
    except Exception:
        _say({"refused": "damaged"})


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def lines(file: BinaryIO, kind: str, limits: Limits) -> Iterator[dict[str, Any]]:
    """What is written, within the limits."""
    drawing = opened(file, kind)
    # A file may say that it has any number of them.
    yield {"pages": max(0, min(drawing.total, MOST_TOLD))}
    room = limits.letters
    for count, page in enumerate(drawing.pages, start=1):
        if count > limits.pages:
            yield {"cut": "too_many_pages", "page": page.number}
            break
        page.text = tidy(page.text)
        if len(page.text) > limits.page_letters:
            page.text, page.problem = page.text[: limits.page_letters], "page_cut"
        room -= len(page.text)
        if room < 0:
            yield {"cut": "too_much_text", "page": page.number}
            break
        yield {
            "page": page.number,
            "text": page.text,
            "heading": " ".join(tidy(page.heading).split())[:LONGEST_HEADING],
            "problem": page.problem,
        }
    yield {"end": True}


def opened(file: BinaryIO, kind: str) -> Drawing:
    """By the reader of its kind. It is fetched here, so that the limits hold for it too."""
    if kind not in READERS:
        raise Refused("too_big")
    reader = import_module(f"partnership.information.drawing.{READERS[kind]}")
    found: Drawing = reader.read(file)
    return found


def tidy(text: str) -> str:
    """Without what nobody sees, and with one empty line where there were many."""
    return EMPTY_LINES.sub("\n\n", SPACES.sub(" ", UNSEEN.sub("", text))).strip()


if __name__ == "__main__":
    main(sys.argv[1])
