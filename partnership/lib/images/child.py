"""The process in which a picture is read. It limits itself before it looks at the first byte.

    python -m partnership.lib.images.child '{"widths": [360, 720], "form": "webp", …}' < picture

It writes one line of JSON, then the files that the line tells of, one after another. What it meets
may kill it; whoever asked then says that the picture was too much.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import IO, Any

from partnership.lib.limiting import limit_itself

MEGABYTE = 1024 * 1024
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"GIF8")
# So many times as high as wide: a picture on a page keeps its place by numbers of four digits.
HIGHEST = 7
# What a camera notes of how it was held: from five on it lay on its side.
ORIENTATION, SIDEWAYS = 0x0112, 5
# The first of these qualities that makes a file as light as a page can bear, else the last.
QUALITIES = (80, 60)
LIGHT = 40 * 1024
# A drawing has few colours: it may be smaller, and is sharper, when nothing is left out.
FEW_COLOURS = 4096


class Refused(Exception):
    """The picture is not taken. The code has its sentence in `reading`."""

    def __init__(self, code: str, **facts: int):
        super().__init__(code)
        self.code = code
        self.facts = facts


def main(asked: str) -> None:
    wanted = json.loads(asked)
    limit_itself(memory=wanted["memory"] * MEGABYTE, seconds=wanted["seconds"])
    files: list[bytes] = []
    try:
        told, files = made(
            sys.stdin.buffer, wanted["widths"], wanted["form"], pixels=wanted["pixels"]
        )
    except Refused as refused:
        told = {"refused": refused.code, "facts": refused.facts}
    except MemoryError:
        told = {"refused": "too_much", "facts": {}}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for file in files:
        sys.stdout.buffer.write(file)


def made(
    file: IO[bytes], widths: Sequence[int], form: str, *, pixels: int
) -> tuple[dict[str, Any], list[bytes]]:
    """What is told of the picture, and its files in these widths, none made larger than it is."""
    picture = _opened(file, pixels)
    try:
        turned = picture.getexif().get(ORIENTATION, 1) >= SIDEWAYS
        size = picture.size[::-1] if turned else picture.size
        if size[1] > HIGHEST * size[0]:
            raise Refused("narrow", most=HIGHEST)
        wanted = [*(one for one in sorted(widths) if one < size[0]), size[0]]
        sizes = [_scaled(size, width) for width in wanted if width <= max(widths)]
        own = _in_plain_colours(_upright(picture, sizes[-1], turned))
        files = [_written(own if own.size == one else own.resize(one), form) for one in sizes]
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Whatever a codec says of bytes that it cannot follow, to a reader it is one thing.
        raise Refused("damaged") from error
    told = [
        {"width": one[0], "height": one[1], "bytes": len(data)}
        for one, data in zip(sizes, files, strict=True)
    ]
    return {"width": size[0], "height": size[1], "files": told}, files


def _scaled(size: tuple[int, int], width: int) -> tuple[int, int]:
    return width, max(1, round(size[1] * width / size[0]))


def _opened(file: IO[bytes], pixels: int) -> Any:
    """The picture before a pixel of it is read, if it is one and its size can be borne."""
    # Here, so that the limits hold for what this brings along too.
    from PIL import Image, WebPImagePlugin  # noqa: F401, PLC0415 - the plugin is known by import

    begins = file.read(16)
    file.seek(0)
    if not begins:
        raise Refused("no_bytes")
    if not begins.startswith(BEGINNINGS):
        raise Refused("not_a_picture")
    # Counted below, with a sentence.
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(file, formats=FORMATS)
    except MemoryError:
        raise
    except Exception as error:
        raise Refused("damaged") from error
    if picture.width * picture.height > pixels:
        raise Refused("too_many_pixels", most=pixels // 1_000_000)
    return picture


def _upright(picture: Any, size: tuple[int, int], turned: bool) -> Any:
    """The first frame in this size, as the camera's note turns it."""
    from PIL import ImageOps  # noqa: PLC0415

    lying = size[::-1] if turned else size
    # A photograph is read only as large as it is needed.
    picture.draft(picture.mode, lying)
    picture.load()
    if picture.mode.startswith("I"):
        # Greys of sixteen bits.
        picture = picture.convert("I").point(lambda grey: grey / 256).convert("L")
    elif picture.mode in ("1", "P", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return ImageOps.exif_transpose(picture.resize(lying, reducing_gap=3.0))


def _in_plain_colours(picture: Any) -> Any:
    """Red, green and blue as every screen shows them, and transparent where it is; nothing else."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    if picture.mode in ("RGB", "RGBA", "CMYK") and (profile := picture.info.get("icc_profile")):
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            colours = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, colours, plain, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that says nothing: the colours are taken as they stand.
            pass
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = picture if picture.getextrema()[3][0] < 255 else picture.convert("RGB")
    else:
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _written(picture: Any, form: str) -> bytes:
    if form == "png":
        return _saved(picture, "PNG", optimize=True)
    lossy = b""
    for quality in QUALITIES:
        lossy = _saved(picture, "WEBP", quality=quality, method=4)
        if len(lossy) <= LIGHT:
            break
    if picture.getcolors(FEW_COLOURS) is None:
        return lossy
    return min(_saved(picture, "WEBP", lossless=True, method=4), lossy, key=len)


def _saved(picture: Any, form: str, **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
