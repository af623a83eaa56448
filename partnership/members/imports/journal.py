"""What an import changes, written down with it, so that it can be put back to the letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from partnership.lib.fields import Derived
from partnership.lib.values import as_json
from partnership.members.imports.inviting import OWN_LIFE, forget_mails, queue_mails
from partnership.members.imports.judging import Effect
from partnership.members.models import (
    Affiliation,
    ImportChange,
    ImportRow,
    Institution,
    Invitation,
    Participation,
)

# Every table that an import writes to.
TABLES: dict[str, type[Model]] = {
    model._meta.model_name or "": model
    for model in (Affiliation, Institution, Invitation, Participation)
}
AtRow = tuple[ImportRow, Effect]
# A table and the key of a row in it.
Named = tuple[str, str]


def snapshot(row: Model) -> dict[str, Any]:
    """Every column of a row as JSON holds it."""
    return {column.attname: as_json(getattr(row, column.attname)) for column in _columns(row)}


def _columns(row: Model | type[Model]) -> list[Any]:
    return [column for column in row._meta.concrete_fields if not column.primary_key]


def write(effects: Sequence[AtRow], *, at: datetime) -> None:
    """Make and change the rows, and write down each. In the transaction of whoever calls.

    The order of the effects is kept between tables: a row may lean on one that was made before.
    """
    changes: list[ImportChange] = []
    for (model, is_made), found in groupby(effects, key=lambda pair: _way(pair[1])):
        part = list(found)
        if is_made:
            changes += _make(model, part, at)
        else:
            changes += _change(model, part)
    ImportChange.objects.bulk_create(changes)


def _way(effect: Effect) -> tuple[type[Model], bool]:
    return type(effect.row), not effect.after


def sorted_effects(effects: Iterable[AtRow]) -> list[AtRow]:
    """Changes before what is made, so that what gives way has given way; then table by table."""
    order = {model: at for at, model in enumerate(TABLES.values())}
    found = sorted(effects, key=lambda pair: (not pair[1].after, order[type(pair[1].row)]))
    # What several rows lean on is made once, for the first of them.
    seen: set[int] = set()
    kept = []
    for pair in found:
        if pair[1].after or id(pair[1].row) not in seen:
            kept.append(pair)
        seen.add(id(pair[1].row))
    return kept


def _make(model: Any, part: list[AtRow], at: datetime) -> list[ImportChange]:
    rows: list[Any] = [effect.row for _row, effect in part]
    if model is Invitation:
        queue_mails(rows, at=at)
    model.objects.bulk_create(rows)
    return [_noted(row, effect.row, None) for row, effect in part]


def _change(model: Any, part: list[AtRow]) -> list[ImportChange]:
    """Change rows that are as they were looked at; otherwise all of it is refused."""
    now = {
        row.pk: row
        for row in model.objects.select_for_update(of=("self",)).filter(
            pk__in=[effect.row.pk for _row, effect in part]
        )
    }
    before: list[dict[str, Any]] = []
    names: set[str] = set()
    for _row, effect in part:
        target = effect.row
        seen = now.get(target.pk)
        if seen is None or any(
            getattr(seen, name) != getattr(target, name) for name in effect.after
        ):
            raise IntegrityError("a row was changed in this moment")
        before.append(snapshot(target))
        for name, value in effect.after.items():
            setattr(target, name, value)
        names.update(effect.after, _derived(target))
    model.objects.bulk_update([effect.row for _row, effect in part], names)
    return [_noted(row, effect.row, old) for (row, effect), old in zip(part, before, strict=True)]


def _derived(row: Model) -> list[str]:
    """Write the columns that follow from others, and name them."""
    derived = [column for column in _columns(row) if isinstance(column, Derived)]
    for column in derived:
        column.pre_save(row, add=False)
    return [column.name for column in derived]


def _noted(row: ImportRow, target: Any, before: dict[str, Any] | None) -> ImportChange:
    return ImportChange(
        sheet_import_id=row.sheet_import_id,
        row_id=row.pk,
        table=target._meta.model_name,
        key=str(target.pk),
        before=before,
        after=snapshot(target),
    )


def put_back(changes: Sequence[ImportChange], *, at: datetime) -> None:
    """Undo these, the last first; what somebody changed since stays, and says why."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change.key)
    rows = {
        (table, str(row.pk)): row
        for table, keys in by_table.items()
        for row in TABLES[table]._default_manager.filter(pk__in=keys)
    }
    used = {table: _leant_on(TABLES[table], keys) for table, keys in by_table.items()}
    free: list[tuple[ImportChange, Any]] = []
    # What leans on another row was made after it, so it is looked at before.
    going: set[Named] = set()
    for change in changes:
        named = (change.table, change.key)
        row = rows.get(named)
        is_used = bool(used[change.table].get(change.key, set()) - going)
        change.kept_because = _reason(change, row, is_used=is_used)
        if not change.kept_because:
            free.append((change, row))
            going |= {named} if change.before is None else set()
    _put_back_together(free, at)
    ImportChange.objects.bulk_update(changes, ["undone_at", "kept_because"], batch_size=200)


def _put_back_together(free: list[tuple[ImportChange, Any]], at: datetime) -> None:
    """All of them at once; if the database refuses one, each half for itself, down to one."""
    if not free:
        return
    try:
        with transaction.atomic():
            _remove([(change, row) for change, row in free if change.before is None])
            _restore([(change, row) for change, row in free if change.before is not None])
    except IntegrityError:
        if len(free) == 1:
            free[0][0].kept_because = _("Another line stands in its place by now.")
            return
        half = len(free) // 2
        _put_back_together(free[:half], at)
        _put_back_together(free[half:], at)
        return
    for change, _row in free:
        change.undone_at = at


def _remove(pairs: list[tuple[ImportChange, Any]]) -> None:
    for table, found in groupby(pairs, key=lambda pair: pair[0].table):
        rows = [row for _change, row in found]
        if table == "invitation":
            forget_mails(rows)
        TABLES[table]._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def _restore(pairs: list[tuple[ImportChange, Any]]) -> None:
    for table, found in groupby(pairs, key=lambda pair: pair[0].table):
        part = list(found)
        names: set[str] = set()
        for change, row in part:
            for column in _columns(row):
                old = change.before[column.attname]  # type: ignore[index]
                if old != change.after[column.attname]:
                    setattr(row, column.attname, column.to_python(old))
                    names.add(column.name)
        TABLES[table]._default_manager.bulk_update([row for _change, row in part], names)


def _leant_on(model: type[Model], keys: list[str]) -> dict[str, set[Named]]:
    """Of these rows, which rows of other tables name them by now."""
    found: dict[str, set[Named]] = defaultdict(set)
    for relation in model._meta.related_objects:
        name, table = relation.field.attname, relation.related_model._meta.model_name or ""
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        for pk, key in rows.values_list("pk", name):
            found[str(key)].add((table, str(pk)))
    return found


def _reason(change: ImportChange, row: Any, *, is_used: bool) -> str:
    """Why a change stays, or nothing."""
    if row is None:
        return _("It was deleted since.")
    quiet = OWN_LIFE if change.table == "invitation" else frozenset()
    now = snapshot(row)
    if any(now[name] != value for name, value in change.after.items() if name not in quiet):
        return _("It was changed since.")
    if change.before is None and is_used:
        return _("Something else leans on it by now.")
    return ""
