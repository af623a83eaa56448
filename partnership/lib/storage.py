"""Files that people send us: kept under keys of ours, beside the row that tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal


@contextmanager
def stored(file: File[Any], name: str, *, no_room: type[Refusal]) -> Iterator[str]:
    """Keep a file while its row is written, and give its key; without the row the file goes too.

    A store that is full refuses with `no_room`.
    """
    try:
        key = default_storage.save(name, file)
    except OSError:
        raise no_room(_("There is no room for files now. Nothing was kept; try later.")) from None
    try:
        yield key
    except BaseException:
        default_storage.delete(key)
        raise


def copied(file: IO[bytes], copy: IO[bytes], *, most: int) -> bool:
    """Copy a file for a child, ready to be read; False as soon as it is over `most` bytes."""
    size = 0
    while chunk := file.read(1 << 16):
        size += len(chunk)
        if size > most:
            return False
        copy.write(chunk)
    copy.flush()
    copy.seek(0)
    return True
