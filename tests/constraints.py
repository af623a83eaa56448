"""Breaking a constraint on purpose, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """What happens inside must be refused by the database, by this constraint and no other."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    text = str(refusal.value)
    assert constraint in text or text == _in_columns(constraint, text)


def _in_columns(constraint: str, text: str) -> str:
    """SQLite names the columns that must be unique together instead of the constraint."""
    failed, _, columns = text.partition("UNIQUE constraint failed: ")
    if failed or not columns:
        return f"{constraint} should have refused it"
    table = columns.partition(".")[0]
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, table)
    named = ", ".join(f"{table}.{column}" for column in known[constraint]["columns"])
    return f"UNIQUE constraint failed: {named}"
