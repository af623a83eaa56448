"""Rows of one edition written again as those of another, whatever their tables are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def copy_rows(rows: Sequence[Row], **changed: Any) -> dict[int, Row]:
    """New rows by the id of the one they copy. A mapping replaces each parent by its own copy."""
    copies = {row.pk: _twin(row, changed) for row in rows}
    if rows:
        type(rows[0])._default_manager.bulk_create(copies.values())
    return copies


def _twin(row: Row, changed: Mapping[str, Any]) -> Row:
    columns = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    twin = type(row)(**{name: getattr(row, name) for name in columns})
    for name, value in changed.items():
        if isinstance(value, Mapping):
            parent = getattr(row, f"{name}_id")
            setattr(twin, name, parent and value[parent])
        else:
            setattr(twin, name, value)
    return twin
