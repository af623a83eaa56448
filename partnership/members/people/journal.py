"""What an act of the desk changes, written down so that it can be put back to the letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from partnership.accounts.models import User
from partnership.lib.values import as_json
from partnership.members.models import Affiliation, DeskAct, DeskChange

TABLES: dict[str, type[Model]] = {"user": User, "affiliation": Affiliation}
BATCH = 500


def write(act: DeskAct, rows: Iterable[Model], after: dict[str, Any]) -> None:
    """Note for each row what it holds now in the columns that get the values of `after`."""
    changed = {name: as_json(value) for name, value in after.items()}
    DeskChange.objects.bulk_create(
        [
            DeskChange(
                act=act,
                table=row._meta.model_name or "",
                key=str(row.pk),
                before={name: as_json(getattr(row, name)) for name in after},
                after=changed,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def put_back(act: DeskAct) -> list[Model]:
    """Restore each row that is as the act left it; the others are marked. Says which were."""
    changes = list(act.changes.all())
    rows, newer = _rows_of(changes), _changed_by_newer(act)
    free = []
    for change in changes:
        row = rows.get((change.table, change.key))
        change.was_kept = (
            row is None
            or (change.table, change.key) in newer
            or any(as_json(getattr(row, name)) != value for name, value in change.after.items())
        )
        if not change.was_kept:
            free.append((change, row))
    restored = _restore(free)
    DeskChange.objects.bulk_update(changes, ["was_kept"], batch_size=BATCH)
    return restored


def _rows_of(changes: Sequence[DeskChange]) -> dict[tuple[str, str], Any]:
    keys: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        keys[change.table].append(change.key)
    return {
        (table, str(row.pk)): row
        for table, some in keys.items()
        for row in TABLES[table]._base_manager.select_for_update(of=("self",)).filter(pk__in=some)
    }


def _changed_by_newer(act: DeskAct) -> set[tuple[str, str]]:
    """Rows that a later act touched: to be the same again is not to be untouched."""
    later = DeskChange.objects.filter(act__pk__gt=act.pk, act__undone_at__isnull=True)
    own = act.changes.order_by().values("key")
    return set(later.filter(key__in=own).order_by().values_list("table", "key"))


def _restore(free: Sequence[tuple[DeskChange, Any]]) -> list[Model]:
    """All at once; where the database refuses that, one by one."""
    try:
        with transaction.atomic():
            _write_back(free)
    except IntegrityError:
        return [row for pair in free for row in _restore_one(pair)]
    return [row for _change, row in free]


def _restore_one(pair: tuple[DeskChange, Any]) -> list[Model]:
    change, row = pair
    try:
        with transaction.atomic():
            _write_back([pair])
    except IntegrityError:
        change.was_kept = True
        return []
    return [row]


def _write_back(pairs: Sequence[tuple[DeskChange, Any]]) -> None:
    by_table: dict[str, list[Any]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for change, row in pairs:
        for name, value in change.before.items():
            setattr(row, name, row._meta.get_field(name).to_python(value))
            names[change.table].add(name)
        by_table[change.table].append(row)
    for table, rows in by_table.items():
        TABLES[table]._base_manager.bulk_update(rows, names[table], batch_size=BATCH)
