"""A picture that somebody loads is drawn anew: what it holds beside its dots does not come along.

No database, clock or request.
"""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from partnership.lib.errors import Refusal

MOST_BYTES = 2_000_000
# Read in the file's head, before any dot of it: 48 MB of memory at four bytes each.
MOST_DOTS = 12_000_000
# As drawn: 300 dots an inch where it stands 50 mm wide on paper, at most.
ROOM = (600, 300)
MOST_DRAWN = 150_000
SMALLEST = 24
HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError)


class NotAPicture(Refusal):
    """Another kind of file, a broken one, or one that is too large or too small."""

    code = "not_a_picture"


@dataclass(frozen=True)
class Sign:
    """A picture as we drew it: a PNG without anything but its dots."""

    png: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.png).hexdigest()


def drawn_anew(file: IO[bytes], size: int) -> Sign:
    """What a PNG or JPEG shows. Told by its bytes; refuses everything else, also SVG."""
    if not 0 < size <= MOST_BYTES:
        raise NotAPicture(_("A picture has at most 2 MB and is not empty."))
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES or not raw.startswith(HEADS):
        raise NotAPicture(_("Load a PNG or a JPEG of at most 2 MB. This is another file."))
    try:
        with warnings.catch_warnings():
            # The size in its head decides, below; Pillow would only warn.
            warnings.simplefilter("ignore")
            return _drawn(Image.open(BytesIO(raw), formats=["PNG", "JPEG"]))
    except BROKEN as error:
        raise NotAPicture(_("This picture is broken: it cannot be opened.")) from error


def _drawn(opened: Image.Image) -> Sign:
    width, height = opened.size
    if width * height > MOST_DOTS:
        raise NotAPicture(_("This picture has too many dots: make it smaller first."))
    if min(width, height) < SMALLEST:
        raise NotAPicture(_("This picture is too small to be printed."))
    opened.draft("RGB", (ROOM[0] * 2, ROOM[1] * 2))
    turned = ImageOps.exif_transpose(opened).convert("RGBA")
    turned.thumbnail(ROOM, Image.Resampling.LANCZOS)
    # Dots alone: a new picture has no words, places or colour profiles of the old one.
    bare = Image.new("RGBA", turned.size)
    bare.paste(turned)
    for picture in (bare, bare.quantize(128, method=Image.Quantize.FASTOCTREE)):
        png = _png(picture)
        if len(png) <= MOST_DRAWN:
            return Sign(png, *picture.size)
    raise NotAPicture(_("This picture is too rich in detail for a sign: take a simpler one."))


def _png(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
