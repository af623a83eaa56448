"""A stranger's ZIP is looked at before anything of it is unpacked."""

from __future__ import annotations

import zipfile
from typing import IO

from courses.authoring.parcels.found import MEGABYTE, Refused

ENTRIES, UNPACKED, RATIO = 3_000, 300 * MEGABYTE, 200
# Below this size packing well is no sign of anything.
SMALL = 2 * MEGABYTE


def opened(file: IO[bytes], *, entries: int = ENTRIES) -> zipfile.ZipFile:
    """The package, if its own list of parts can be borne."""
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise Refused("damaged") from None
    parts = package.infolist()
    if len(parts) > entries:
        raise Refused("too_many_parts", most=entries)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("locked")
    size = sum(part.file_size for part in parts)
    packs_well = any(
        part.file_size > SMALL and part.file_size > RATIO * max(1, part.compress_size)
        for part in parts
    )
    if size > UNPACKED or packs_well:
        raise Refused("bomb")
    return package


def office(file: IO[bytes], main: str) -> zipfile.ZipFile:
    """A package of an office program, with this part in it and no type of document declared."""
    package = opened(file)
    names = {part.filename for part in package.infolist()}
    if main not in names:
        raise Refused("another_kind")
    for name in names:
        if name.endswith((".xml", ".rels")):
            with package.open(name) as part:
                head = part.read(1024).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused("entities")
    return package
