"""The kinds of sheets, each with what judges its rows. A subject above adds its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Model

from partnership.members.imports import institutions, journal, participations, people
from partnership.members.imports.columns import FIELDS, Field
from partnership.members.imports.judging import Judge

JUDGES: dict[str, Judge] = {
    "people": people.judge,
    "institutions": institutions.judge,
    "participations": participations.judge,
}
# What is done once all rows of a sheet were taken in, or back.
AFTER: dict[str, Callable[[], None]] = {}


def add(
    kind: str,
    *,
    judge: Judge,
    fields: Sequence[Field],
    tables: Sequence[type[Model]],
    after: Callable[[], None],
) -> None:
    """Another kind. Rows of a table may lean on those of the tables before it."""
    JUDGES[kind], FIELDS[kind], AFTER[kind] = judge, fields, after
    journal.TABLES.update({model._meta.model_name or "": model for model in tables})
