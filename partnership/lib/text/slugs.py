"""Words of an address, drawn from a name."""

from __future__ import annotations

from collections.abc import Container

from django.utils.text import slugify


def free_slug(name: str, taken: Container[str], *, instead: str, longest: int = 70) -> str:
    """A slug that nobody has. A name without Latin letters gives none: then `instead` is drawn.

    What is left of it may be a number, which would tell nobody anything.
    """
    stem = slugify(name)[:longest].strip("-")
    if not any(letter.isalpha() for letter in stem):
        stem = instead
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
