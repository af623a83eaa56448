"""What a column of a sheet may hold, and which column that is likely to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partnership.lib.fields import fold

# The last column of a file of failed rows. Sent again, it is no column, in whatever language.
PROBLEM_COLUMN = "What is wrong (not read)"

Mapped = dict[str, int]


@dataclass(frozen=True)
class Field:
    """One thing that a row may say. `also`: what such columns are called, folded."""

    name: str
    label: Any
    hint: Any = ""
    is_needed: bool = False
    also: tuple[str, ...] = ()


PEOPLE = (
    Field(
        "email",
        _("Mail address"),
        is_needed=True,
        also=("email", "e-mail", "mail", "email address", "courriel", "correo", "adresse mail"),
    ),
    Field("name", _("Name"), also=("full name", "nom", "nombre", "participant")),
    Field(
        "country",
        _("Country"),
        _("Name, code or a label that sources print."),
        also=("pays", "país", "party", "country code"),
    ),
    Field("institution", _("Institution"), also=("organisation", "organization", "ministry")),
    Field("title", _("Job title"), also=("title", "position", "post", "function", "fonction")),
    Field("begins_on", _("From"), _("As 2026-05-27."), also=("since", "start", "begin", "depuis")),
    Field("ends_on", _("To"), also=("until", "end", "left")),
)
INSTITUTIONS = (
    Field("name", _("Name"), is_needed=True, also=("institution", "organisation", "nom")),
    Field("acronym", _("Acronym"), also=("abbreviation", "short name")),
    Field("kind", _("Kind"), also=("type",)),
    Field("seat", _("Country of seat"), also=("seat", "country", "headquarters")),
    Field("website", _("Website"), also=("site", "url", "address", "web")),
    Field("role", _("Role in which the source names it"), also=("role",)),
    Field("source", _("Source"), _("Its title or its slug."), also=("named in",)),
)
PARTICIPATIONS = (
    Field(
        "member",
        _("Country or institution"),
        is_needed=True,
        also=("member", "country", "institution", "name", "party"),
    ),
    Field("begins_on", _("Joined"), is_needed=True, also=("from", "since", "joined on")),
    Field("ends_on", _("Left"), also=("to", "until", "left on")),
    Field("source", _("Source"), _("Its title or its slug."), also=("named in",)),
    Field("note", _("Note"), also=("remark", "comment")),
)
FIELDS: dict[str, Sequence[Field]] = {
    "people": PEOPLE,
    "institutions": INSTITUTIONS,
    "participations": PARTICIPATIONS,
}


def head_of(columns: Sequence[str]) -> str:
    """By what columns of these names, in this order, are known again."""
    names = [fold(column) for column in columns if column != PROBLEM_COLUMN]
    return sha256("\0".join(names).encode()).hexdigest()


def guessed(kind: str, columns: Sequence[str]) -> Mapped:
    """The column of each field by its name. One that could be two fields is the first."""
    names = {fold(column): at for at, column in enumerate(columns) if column.strip()}
    names.pop(fold(PROBLEM_COLUMN), None)
    found: Mapped = {}
    for field in FIELDS[kind]:
        with translation.override("en"):
            english = fold(str(field.label))
        for name in (fold(str(field.label)), english, field.name, *field.also):
            if name in names and names[name] not in found.values():
                found[field.name] = names[name]
                break
    return found


def values_of(cells: Sequence[str], mapping: Mapping[str, int]) -> dict[str, str]:
    """What a row says, by field, on one line each."""
    return {
        name: " ".join(cells[at].split()) if at < len(cells) else "" for name, at in mapping.items()
    }
