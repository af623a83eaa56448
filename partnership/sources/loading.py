"""Load content files again and again without ever undoing what a person changed since.

For each row the loader remembers the fingerprint of what it last wrote. A row that differs from it
was edited, a fingerprint whose row is gone was deleted by a person: both are left alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from django.db.models import DecimalField, Field, Model

from partnership.sources.models import LoadedRow

Row = TypeVar("Row", bound=Model)
DIGITS = 15


def read(path: Path) -> dict[str, Any]:
    """A content file of this repository."""
    return json.loads(path.read_text(encoding="utf-8"))


def remembered(kind: str) -> dict[str, str]:
    """The fingerprints of what was last written, by key."""
    return dict(LoadedRow.objects.filter(kind=kind).values_list("key", "fingerprint"))


def remember(kind: str, marks: Mapping[str, str]) -> None:
    """Keep the fingerprints of what is now written."""
    LoadedRow.objects.bulk_create(
        [LoadedRow(kind=kind, key=key, fingerprint=mark) for key, mark in marks.items()],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["fingerprint"],
        batch_size=500,
    )


def fingerprint_of(parts: Any) -> str:
    """Of anything that JSON can say; days and decimals are taken as text."""
    told = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(told.encode()).hexdigest()


@dataclass
class Loaded:
    """What a load did, by kind of row."""

    counts: Counter[str] = field(default_factory=Counter)
    has_written: bool = False

    def __str__(self) -> str:
        return ", ".join(f"{n} {what}" for what, n in sorted(self.counts.items())) or "nothing new"


def load(
    model: type[Row],
    rows: Iterable[Mapping[str, Any]],
    *,
    key: tuple[str, ...],
    done: Loaded,
) -> dict[tuple[Any, ...], Row]:
    """Write the rows that are new or unchanged since the last load; gives all of them by key.

    Foreign keys are given as instances under the field's own name. Rows that a person deleted are
    missing from what is given back.
    """
    load = _Load(model, key, done)
    for row in rows:
        load.write(row)
    return load.finish()


class _Load:
    """One run over one kind of row."""

    def __init__(self, model: type[Any], key: tuple[str, ...], done: Loaded):
        self.model, self.key, self.done = model, key, done
        self.kind = model._meta.label_lower
        self.present = {_key_of(row, key): row for row in model._default_manager.all()}
        self.last = remembered(self.kind)
        self.marks: dict[str, str] = {}
        self.wanted: list[tuple[Any, ...]] = []
        self.new: list[Any] = []

    def write(self, values: Mapping[str, Any]) -> None:
        """Create or change the row, or leave it when a person was there."""
        values = {name: self._storable(name, value) for name, value in values.items()}
        natural = tuple(_day(_plain(values[name])) for name in self.key)
        self.wanted.append(natural)
        name = "/".join(map(str, natural))
        row, last, wanted = self.present.get(natural), self.last.get(name), _fingerprint(values)
        if row is None and last is None:
            self.present[natural] = row = self.model(**values)
            self.new.append(row)
            self._count("added")
        elif row is None:
            self._count("left deleted")
            return
        elif (now := _fingerprint({name: _column(row, name) for name in values})) != wanted:
            if now != last:
                self._count("left as edited")
                return
            for field_name, value in values.items():
                setattr(row, field_name, value)
            if not row._state.adding:
                row.save()
                self.done.has_written = True
            self._count("changed")
        if wanted != last:
            self.marks[name] = wanted

    def _storable(self, name: str, value: Any) -> Any:
        """A number as its column keeps it; databases would round it each in its own way."""
        column = self.model._meta.get_field(name)
        if not isinstance(column, DecimalField) or value is None:
            return value
        # Adding nought makes the nought below nought, which no column keeps, a plain one.
        number = Decimal(str(value)).quantize(Decimal(1).scaleb(-column.decimal_places)) + 0
        if len(number.normalize().as_tuple().digits) > DIGITS:
            raise ValueError(f"{name} {value} has more than {DIGITS} digits: SQLite would round it")
        return number

    def finish(self) -> dict[tuple[Any, ...], Any]:
        """Write what is new, and remember it; the rows that are there, by key."""
        self.model._default_manager.bulk_create(self.new, batch_size=500)
        self.done.has_written |= bool(self.new)
        remember(self.kind, self.marks)
        return {
            natural: self.present[natural] for natural in self.wanted if natural in self.present
        }

    def _count(self, what: str) -> None:
        self.done.counts[f"{self.model._meta.verbose_name_plural} {what}"] += 1


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _day(value: Any) -> Any:
    """Dates are written out in files and are dates in rows: as a key they are text."""
    return value.isoformat() if isinstance(value, date) else value


def _key_of(row: Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_day(_column(row, name)) for name in key)


def _column(row: Model, name: str) -> Any:
    return getattr(row, cast(Field, row._meta.get_field(name)).attname)


def _fingerprint(values: Mapping[str, Any]) -> str:
    """The same for a value given in a file and the one that comes back from the database."""

    def canonical(value: Any) -> Any:
        value = _plain(value)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float | Decimal):
            return format(Decimal(str(value)).normalize(), "f")
        return value if isinstance(value, list | dict) else str(value)

    return fingerprint_of({name: canonical(value) for name, value in values.items()})
