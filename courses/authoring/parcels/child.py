"""The process in which a stranger's document is read. It limits itself before the first byte.

    python -m courses.authoring.parcels.child '{"form": "docx", "name": "Letters", …}' < document

It writes one line of JSON, then the pictures that the line tells of, one after another. What it
meets may kill it; whoever asked then says that the document was too much.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from time import process_time
from typing import IO, Any

from partnership.lib.limiting import limit_itself

MEGABYTE = 1024 * 1024
# Seconds of a processor in which all lessons have to be laid out.
LAID_OUT = 10
READERS = {"docx": "documents", "pptx": "slides", "md": "texts"}


def main(asked: str) -> None:
    wanted = json.loads(asked)
    limit_itself(memory=wanted["memory"] * MEGABYTE, seconds=wanted["seconds"])
    pictures: list[bytes] = []
    try:
        told, pictures = read(sys.stdin.buffer, wanted["form"], wanted["name"])
    except MemoryError:
        told = {"refused": "too_much", "facts": {}}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for data in pictures:
        sys.stdout.buffer.write(data)


def read(file: IO[bytes], form: str, name: str) -> tuple[dict[str, Any], list[bytes]]:
    # Here, so that the limits hold for what these bring along too.
    from courses.authoring.parcels import archives, plans  # noqa: PLC0415
    from courses.authoring.parcels.found import MOST_LETTERS, Refused  # noqa: PLC0415

    try:
        if form == "zip":
            whole = archives.read(file)
            _refuse_slow(archives.planned(whole))
            return _whole(whole)
        found = import_module(f"courses.authoring.parcels.{READERS[form]}").read(file)
        modules = plans.planned(found.sections, name)
        if not modules:
            raise Refused("empty")
        if sum(len(one.text) for one in found.sections) > MOST_LETTERS:
            raise Refused("too_long", most=MOST_LETTERS)
        _refuse_slow(modules)
    except Refused as refused:
        return {"refused": refused.code, "facts": refused.facts}, []
    pictures = [
        {"name": one.name, "alt": one.alt, "bytes": len(one.data)} for one in found.pictures
    ]
    told = {"modules": plans.packed(modules), "pictures": pictures, "problems": list(found.told())}
    return told, [one.data for one in found.pictures]


def _refuse_slow(modules: list[Any]) -> None:
    """Every lesson is laid out here once: what takes long is not to hold up the draft later."""
    from courses.authoring.parcels.found import Refused  # noqa: PLC0415
    from partnership.lib.markdown import render  # noqa: PLC0415

    ends = process_time() + LAID_OUT
    for lesson in (one for module in modules for one in module.lessons):
        render(lesson.text)
        if process_time() > ends:
            raise Refused("too_much")


def _whole(whole: Any) -> tuple[dict[str, Any], list[bytes]]:
    """A course of this site: what it says, and its pictures as they were written."""
    from courses.authoring.parcels import archives, plans  # noqa: PLC0415
    from courses.authoring.parcels.found import Refused  # noqa: PLC0415

    modules = plans.packed(archives.planned(whole))
    if not modules:
        raise Refused("empty")
    paths = sorted(path for path in whole.files if path.startswith("pictures/"))
    pictures = [{"name": path, "alt": "", "bytes": len(whole.files[path])} for path in paths]
    told = {"modules": modules, "pictures": pictures, "problems": [], "whole": whole.told}
    return told, [whole.files[path] for path in paths]


if __name__ == "__main__":
    main(sys.argv[1])
