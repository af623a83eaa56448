"""The process in which a stranger's questions are read. It limits itself before the first byte.

    python -m courses.authoring.bank.child '{"form": "gift", "language": "en", …}' < file

It writes one line of JSON: the format, and the report. What it meets may kill it; whoever asked
then says that the file was too much.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from partnership.lib.limiting import limit_itself

MEGABYTE = 1024 * 1024


def main(asked: str) -> None:
    wanted = json.loads(asked)
    limit_itself(memory=wanted["memory"] * MEGABYTE, seconds=wanted["seconds"])
    try:
        told = read(sys.stdin.buffer.read(), wanted["form"], wanted["language"])
    except MemoryError:
        told = {"refused": "too_much"}
    sys.stdout.write(json.dumps(told) + "\n")


def read(given: bytes, form: str, language: str) -> dict[str, Any]:
    # Here, so that the limits hold for what these bring along too.
    from courses.authoring.bank.packing import packed_report  # noqa: PLC0415
    from courses.authoring.bank.sniffing import sniffed  # noqa: PLC0415
    from courses.quizzes.exchange import aiken, gift_reader, moodle_reader, pasted  # noqa: PLC0415
    from courses.quizzes.exchange.opening import MOST_TEXT, opened  # noqa: PLC0415
    from courses.quizzes.exchange.report import Report  # noqa: PLC0415

    if not form:
        text = opened(given, max(MOST_TEXT, len(given)))
        form = "pasted" if isinstance(text, Report) else sniffed(text.text)
    readers = {
        "gift": gift_reader.read,
        "aiken": aiken.read,
        "moodle": moodle_reader.read,
        "pasted": pasted.read,
    }
    return {"form": form, **packed_report(readers[form](given, language=language))}


if __name__ == "__main__":
    main(sys.argv[1])
