"""A name as its bearer writes it, wherever it is typed."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 150
# Marks of joining and of direction without a width: parts of names in Persian, Hindi, Arabic.
UNSEEN = "\u200c\u200d\u200e\u200f\u061c"


def as_written(name: str) -> str:
    """One line, composed. Marks that would turn the text around it are no part of a name."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    kinds = {unicodedata.category(sign)[0] for sign in name if sign not in UNSEEN}
    if "C" in kinds:
        raise ValidationError(_("The name holds a mark that cannot be printed. Type it anew."))
    if kinds.isdisjoint("LN"):
        raise ValidationError(_("This name holds no letter. Write it as it is read."))
    # Some letters are two signs when composed: what is counted is what is kept.
    if len(name) > LONGEST:
        raise ValidationError(
            _("This name is too long. Shorten it to %(n)s characters."), params={"n": LONGEST}
        )
    return name


def in_latin_letters(name: str) -> str:
    """The name, if each of its letters is a Latin one, with whatever marks."""
    if all("LATIN" in unicodedata.name(sign, "") for sign in name if sign.isalpha()):
        return name
    raise ValidationError(_("Use only Latin letters here: A to Z, with any marks."))
