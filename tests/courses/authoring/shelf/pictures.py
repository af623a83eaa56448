"""Pictures for tests, on a shelf without a process of its own for each."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from courses.authoring.shelf import services
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course
from courses.catalogue.pictures import WIDTHS
from partnership.lib.images import child, reading
from partnership.lib.images.reading import Clean, PictureRefused
from tests.courses.authoring.writing import NOON


@cache
def png(width: int = 800, height: int = 400, colour: Any = "teal") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


@cache
def clean_here(data: bytes) -> Clean:
    """As `cleaned` gives it; the same picture is taken apart once."""
    try:
        told, files = child.made(BytesIO(data), WIDTHS, "webp", pixels=reading.MOST_PIXELS)
    except child.Refused as refused:
        raise PictureRefused(refused.code, **refused.facts) from None
    return reading._clean(told, b"".join(files))


def on_the_shelf(course: Course, alt: str = "A map", **how: Any) -> Picture:
    told = services.Told("map.png", alt)
    return services.keep(course, clean_here(png(**how)), told, by=None, at=NOON)
