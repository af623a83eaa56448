"""Two texts of a proposal, field by field: what one says otherwise than the other. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from partnership.casestudies.desk_fields import AboutForm
from partnership.casestudies.judging import ONE
from partnership.casestudies.sheets import ROW_FORMS
from partnership.casestudies.words import FIELDS, ROWS, Words

UNSEEN = ("key",)


@dataclass(frozen=True)
class Difference:
    label: str
    left: str
    right: str


def differences(left: Words, right: Words) -> list[Difference]:
    """The fields that differ, in the order of the form."""
    fields: Any = AboutForm.base_fields
    found = [
        Difference(str(fields[name].label), left.get(name, ""), right.get(name, ""))
        for name in FIELDS
        if left.get(name, "") != right.get(name, "")
    ]
    for kind, (names, _most, _more) in ROWS.items():
        rows: Any = zip_longest(left.get(kind, []), right.get(kind, []), fillvalue={})
        for n, (one, other) in enumerate(rows, start=1):
            found += _in_row(kind, n, [name for name in names if name not in UNSEEN], one, other)
    return found


def _in_row(kind: str, n: int, names: list[str], one: Any, other: Any) -> list[Difference]:
    fields: Any = ROW_FORMS[kind].base_fields  # type: ignore[attr-defined]
    return [
        Difference(f"{ONE[kind]} {n}, {fields[name].label}", one.get(name, ""), other.get(name, ""))
        for name in names
        if one.get(name, "") != other.get(name, "")
    ]
