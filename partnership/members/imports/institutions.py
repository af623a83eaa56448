"""Rows of institutions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from partnership.lib.fields import fold
from partnership.lib.text.slugs import free_slug
from partnership.members.imports.judging import (
    CellWrong,
    Judged,
    Scope,
    Values,
    short,
)
from partnership.members.imports.labels import Labels
from partnership.members.models import Institution

KINDS = {fold(str(text)): kind for kind in Institution.Kind for text in (kind.value, kind.label)}
is_address = URLValidator(schemes=["http", "https"])


def judge(rows: list[Values], scope: Scope) -> list[Judged]:
    """An institution is known by its name or slug. An empty cell changes nothing."""
    labels = Labels(with_sources=True)
    slugs = {one.slug for found in labels.institutions.values() for one in found.values()}
    return [_judged(values, labels, slugs) for values in rows]


def _judged(values: Values, labels: Labels, slugs: set[str]) -> Judged:
    judged = Judged(about=fold(values.get("name", ""))[:330])
    name = judged.read(_name, values) or ""
    known = _known(name, labels)
    if known is not None:
        judged.about = f"institution {known.pk}"
    wanted = _wanted(judged, values, labels, is_new=known is None)
    if judged.problems:
        return judged
    if known is None:
        return judged.make(Institution(name=name, slug=_free_slug(name, slugs), **wanted))
    return judged.change(known, wanted)


def _name(values: Values) -> str:
    name = short(values, "name", 200)
    if not name:
        raise CellWrong("name", _("An institution has a name."))
    return name


def _known(name: str, labels: Labels) -> Institution | None:
    """By its name or slug; an acronym may be somebody else's."""
    found = [
        one
        for one in labels.institutions.get(fold(name), {}).values()
        if fold(name) in (fold(one.name), one.slug)
    ]
    return found[0] if found else None


def _wanted(judged: Judged, values: Values, labels: Labels, *, is_new: bool) -> dict[str, Any]:
    """What the row says of it, without what it leaves open."""
    wanted: dict[str, Any] = {
        "acronym": judged.read(short, values, "acronym", 30),
        "website": judged.read(_website, values),
        "role": judged.read(short, values, "role", 5_000),
        "seat": judged.read(labels.country, values, "seat"),
        "source": judged.read(labels.source, values, is_needed=is_new),
        "kind": judged.read(_kind, values, is_new=is_new),
    }
    return {name: value for name, value in wanted.items() if value}


def _website(values: Values) -> str:
    website = short(values, "website", 300)
    if website:
        try:
            is_address(website)
        except ValidationError:
            text = _("A website begins with https:// or http://.")
            raise CellWrong("website", text) from None
    return website


def _kind(values: Values, *, is_new: bool) -> str:
    text = values.get("kind", "")
    if not text:
        return Institution.Kind.OTHER if is_new else ""
    if fold(text) not in KINDS:
        names = ", ".join(str(label) for label in Institution.Kind.labels)
        raise CellWrong(
            "kind", _("“%(text)s” is none of: %(names)s.") % {"text": text[:60], "names": names}
        )
    return KINDS[fold(text)]


def _free_slug(name: str, slugs: set[str]) -> str:
    """A slug of its own, also among the rows beside it."""
    slug = free_slug(name, slugs, instead="institution")
    slugs.add(slug)
    return slug
