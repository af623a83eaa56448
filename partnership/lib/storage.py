"""Files that people send us: kept under keys of ours, beside the row that tells of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal


class StoreSilent(OSError):
    """The store of files does not answer, or not in time. Its text is for who asked."""

    def __init__(self) -> None:
        super().__init__(_("The store of files does not answer now. Please try again in a minute."))


def answers() -> bool:
    """Whether files can be kept now, as far as that is known without keeping one."""
    # A store on other machines says so itself; here a folder has to be ours.
    ask = getattr(default_storage, "answers", None)
    return bool(ask()) if ask else os.access(settings.VAR_DIR, os.W_OK)


@contextmanager
def stored(file: File[Any], name: str, *, no_room: type[Refusal]) -> Iterator[str]:
    """Keep a file while its row is written, and give its key; without the row the file goes too.

    A store that is full or silent refuses with `no_room`.
    """
    try:
        key = default_storage.save(name, file)
    except StoreSilent:
        text = _("The store of files does not answer now. Nothing was kept; try later.")
        raise no_room(text) from None
    except OSError:
        raise no_room(_("There is no room for files now. Nothing was kept; try later.")) from None
    try:
        yield key
    except BaseException:
        with suppress(StoreSilent):
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
