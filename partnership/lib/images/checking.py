"""Whether a file of ours is still what we wrote: a bare WebP of its size. For child processes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

# Pixels, how they are packed, and where they are transparent; no profile, note or second frame.
CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def is_bare(data: bytes, width: int, height: int) -> bool:
    """Nothing but the pixels of one picture of this size, to the last byte."""
    from PIL import Image, WebPImagePlugin  # noqa: F401, PLC0415 - the plugin is known by import

    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or not CHUNKS.issuperset(_chunks(data)):
        return False
    try:
        with Image.open(BytesIO(data), formats=("WEBP",)) as picture:
            if picture.size != (width, height) or getattr(picture, "n_frames", 1) != 1:
                return False
            picture.load()
    except MemoryError:
        raise
    except Exception:
        # Whatever the codec says of it: it is none of ours.
        return False
    return True


def _chunks(data: bytes) -> Iterator[bytes]:
    """The names of all parts; a wrong one where they do not end with the file."""
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        yield b""
    at = 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4]
        at += 8 + size + size % 2
    if at != len(data):
        yield b""
