"""A partner's sign: the picture that somebody loads, written anew as small as paper needs it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal
from partnership.lib.images.reading import cleaned

# As drawn: 300 dots an inch where it stands 50 mm wide on paper, at most.
ROOM = (600, 300)
# What is too high or too rich in detail stands in a narrower one.
WIDTHS = (100, 160, 240, 360, 480, ROOM[0])
MOST_DRAWN = 150_000
SMALLEST = 24


class NotASign(Refusal):
    """A picture that cannot be printed as a sign."""

    code = "not_a_sign"


@dataclass(frozen=True)
class Sign:
    """A picture as we drew it: a PNG without anything but its dots."""

    png: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.png).hexdigest()


def drawn_anew(file: IO[bytes]) -> Sign:
    """The largest drawing of a picture that has room. Refuses what is none with a sentence."""
    clean = cleaned(file, widths=WIDTHS, form="png")
    if min(clean.width, clean.height) < SMALLEST:
        raise NotASign(_("This picture is too small to be printed."))
    fits = [
        Sign(one.data, one.width, one.height)
        for one in clean.files
        if one.height <= ROOM[1] and len(one.data) <= MOST_DRAWN
    ]
    if not fits:
        raise NotASign(_("This picture is too high or too rich in detail: take a simpler one."))
    return max(fits, key=lambda one: one.width)
