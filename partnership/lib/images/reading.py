"""The one way in which a stranger's picture is taken: a child process reads it and writes it anew.

    clean = cleaned(file, widths=(360, 720, 1280))
    for one in clean.files: one.width, one.height, one.data

What comes back holds the pixels in red, green and blue, and nothing that came along with them: no
place, no camera, no profile, no second frame. A picture that is refused is refused with a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, Literal

from django.utils.translation import gettext_lazy as _

from partnership.lib.children import has_told
from partnership.lib.errors import Refusal
from partnership.lib.storage import copied

CHILD = "partnership.lib.images.child"
MEGABYTE = 1024 * 1024
MOST_BYTES = 15 * MEGABYTE
# More than a telephone's camera has; a listing of more could fill the memory with one colour.
MOST_PIXELS = 50_000_000
# Of the child: megabytes, and seconds of a processor and of the clock.
MEMORY, SECONDS, PATIENCE = 800, 10, 45
SENTENCES: dict[str, Any] = {
    "too_big": _("The picture is larger than %(most)s MB. Make it smaller and send it again."),
    "no_bytes": _("The file is empty: it holds not one byte."),
    "not_a_picture": _("This is no picture that is read here. Send PNG, JPEG, WebP or GIF."),
    "damaged": _("The picture is damaged or cut off. Save it anew and send it again."),
    "too_many_pixels": _(
        "The picture has more than %(most)s million pixels. Make it smaller and send it again."
    ),
    "narrow": _("The picture is more than %(most)s times as high as it is wide. Divide it."),
    "too_much": _("Reading the picture took more time or memory than one needs. Save it anew."),
}


class PictureRefused(Refusal):
    """The picture is not taken. `code` names the reason, the text says what to do."""

    def __init__(self, code: str, **facts: int):
        super().__init__(SENTENCES[code] % facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Rendering:
    """The picture in one size, as the bytes of a file."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Clean:
    """A picture written anew: how large it was, upright, and its files, the smallest first."""

    width: int
    height: int
    files: tuple[Rendering, ...]


def cleaned(
    file: IO[bytes], *, widths: Sequence[int], form: Literal["webp", "png"] = "webp"
) -> Clean:
    """Files of these widths, none wider than the picture is. Refuses with PictureRefused."""
    asked = {
        "widths": list(widths),
        "form": form,
        "pixels": MOST_PIXELS,
        "memory": MEMORY,
        "seconds": SECONDS,
    }
    with TemporaryFile() as copy:
        if not copied(file, copy, most=MOST_BYTES):
            raise PictureRefused("too_big", most=MOST_BYTES // MEGABYTE)
        line, _end, data = _told(asked, copy).partition(b"\n")
    if not _end:
        raise PictureRefused("too_much")
    told: dict[str, Any] = json.loads(line)
    if "refused" in told:
        raise PictureRefused(told["refused"], **told["facts"])
    return _clean(told, data)


def _told(asked: dict[str, Any], copy: IO[bytes]) -> bytes:
    """What the child writes; nothing when it died or took too long."""
    with TemporaryFile() as answer:
        is_whole = has_told(CHILD, asked, copy, answer, patience=PATIENCE)
        return answer.read() if is_whole else b""


def _clean(told: dict[str, Any], data: bytes) -> Clean:
    files, at = [], 0
    for one in told["files"]:
        files.append(Rendering(one["width"], one["height"], data[at : at + one["bytes"]]))
        at += one["bytes"]
    return Clean(told["width"], told["height"], tuple(files))
