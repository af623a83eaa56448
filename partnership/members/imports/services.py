"""What a person does with a sheet: send it, name its columns, take it in, take it back.

    uploaded → trying → tried → running → done → undoing → undone      (trying may end in refused)

Each step is a conditional update of the state that one caller wins; a worker does the long part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.lib.sheets import open_sheet, write_csv
from partnership.lib.storage import stored
from partnership.members.delegations import Delegation, is_secretariat, runs
from partnership.members.imports.columns import FIELDS, guessed, head_of, values_of
from partnership.members.imports.judging import Scope
from partnership.members.imports.kinds import JUDGES
from partnership.members.imports.pasting import addresses_in
from partnership.members.imports.queries import opened
from partnership.members.imports.refusals import (
    ColumnMissing,
    NoAddresses,
    NoRoom,
    NotNow,
    NotYourImport,
)
from partnership.members.models import ImportRow, KnownColumns, SheetImport

State, Verdict = SheetImport.State, ImportRow.Verdict
TRY, APPLY, UNDO = "imports.try", "imports.apply", "imports.undo"
# Names and addresses of people are kept as long as somebody may still ask what came of them.
KEPT = timedelta(days=60)


def refuse_stranger(row: SheetImport, at: datetime) -> None:
    """Whoever sent the sheet must still run what it fills, also when the worker comes to it."""
    if is_secretariat(row.by, at):
        return
    is_own = row.kind == SheetImport.Kind.PEOPLE and row.role in ("", Role.OFFICIAL)
    if not (is_own and runs(row.by, [row.country, row.institution], on=at.date())):
        raise NotYourImport(_("You do not run this delegation today, so nothing was written."))


def scope_of(row: SheetImport, at: datetime) -> Scope:
    return Scope(at=at, by=row.by, role=row.role, country=row.country, institution=row.institution)


def send(
    file: IO[bytes],
    name: str,
    *,
    kind: str,
    by: Any,
    at: datetime,
    delegation: Delegation | None = None,
) -> SheetImport:
    """Keep a sheet whose head can be read. Refuses SheetRefused, NotYourImport, NoRoom."""
    row = SheetImport(kind=kind, name=" ".join(name.split())[-150:], by=by, made_at=at)
    if delegation is not None:
        setattr(row, delegation.kind, delegation.place)
    return _kept(row, file, at)


def _kept(row: SheetImport, file: IO[bytes], at: datetime) -> SheetImport:
    refuse_stranger(row, at)
    forget_old(at)
    _read_head(row, file)
    file.seek(0)
    suffix = PurePath(row.name.lower()).suffix
    name = f"imports/{uuid4().hex}{suffix}"
    with stored(File(file), name, no_room=NoRoom) as key, transaction.atomic():
        row.key = key
        row.save(force_insert=True)
        _note("import.send", row, at, {"kind": [None, row.kind], "file": [None, row.name]})
    return row


def _read_head(row: SheetImport, file: IO[bytes], encoding: str = "") -> None:
    with open_sheet(file, row.name, encoding=encoding) as sheet:
        row.encoding, row.columns = sheet.encoding, sheet.columns
    known = KnownColumns.objects.filter(person=row.by, kind=row.kind, head=head_of(row.columns))
    remembered = known.values_list("mapping", flat=True).first()
    row.mapping = remembered or guessed(row.kind, row.columns)


def paste(
    text: str, *, by: Any, at: datetime, role: str, delegation: Delegation | None
) -> SheetImport:
    """Addresses from a box, as a sheet like any other: tried at once, since its columns are known.

    Refuses NoAddresses, NotYourImport.
    """
    pairs = addresses_in(text)
    if not pairs:
        raise NoAddresses(_("No address was found in what you pasted."))
    file = BytesIO(b"".join(write_csv(["email", "name"], pairs)))
    row = SheetImport(kind=SheetImport.Kind.PEOPLE, name="pasted.csv", by=by, made_at=at, role=role)
    if delegation is not None:
        setattr(row, delegation.kind, delegation.place)
    with transaction.atomic():
        row = _kept(row, file, at)
        name_columns(row, {"email": 0, "name": 1}, at=at)
    return row


def read_anew(row: SheetImport, encoding: str, *, at: datetime) -> None:
    """Read the head in another encoding. Refuses SheetRefused, and NotNow once it was tried."""
    with opened(row) as file:
        _read_head(row, file, encoding)
    _move(row, (State.UPLOADED, State.TRIED, State.REFUSED), State.UPLOADED)
    SheetImport.objects.filter(pk=row.pk).update(
        encoding=row.encoding, columns=row.columns, mapping=row.mapping, reason=""
    )


@transaction.atomic
def name_columns(row: SheetImport, mapping: Mapping[str, int], *, at: datetime) -> None:
    """Say what the columns hold, and let a worker try the rows. It is remembered for the next time.

    Refuses ColumnMissing, NotNow.
    """
    refuse_stranger(row, at)
    fields = FIELDS[row.kind]
    mapping = {field.name: mapping[field.name] for field in fields if field.name in mapping}
    missing = [
        str(field.label) for field in fields if field.is_needed and field.name not in mapping
    ]
    if missing:
        raise ColumnMissing(_("Say which column holds this: %s.") % ", ".join(missing))
    if len(set(mapping.values())) < len(mapping):
        raise ColumnMissing(_("One column cannot hold two things."))
    _move(row, (State.UPLOADED, State.TRIED, State.REFUSED), State.TRYING)
    ImportRow.objects.filter(sheet_import=row).delete()
    KnownColumns.objects.update_or_create(
        person=row.by, kind=row.kind, head=head_of(row.columns), defaults={"mapping": mapping}
    )
    SheetImport.objects.filter(pk=row.pk).update(mapping=mapping, reason="")
    _start(row, TRY, at)
    row.refresh_from_db()


@transaction.atomic
def go_on(row: SheetImport, *, at: datetime) -> None:
    """Take up what stopped on the way: a job that was cancelled, or that failed three times."""
    kinds = {State.TRYING: TRY, State.RUNNING: APPLY, State.UNDOING: UNDO}
    if row.state not in kinds or (row.job is not None and row.job.is_live):
        raise NotNow(_("Nothing of this import has stopped."))
    refuse_stranger(row, at)
    _start(row, kinds[State(row.state)], at)


@transaction.atomic
def take_in(row: SheetImport, *, at: datetime) -> None:
    """Write what the trial showed. Refuses NotNow if it was not tried, or already taken in."""
    refuse_stranger(row, at)
    if not row.rows.filter(verdict__in=ImportRow.TO_APPLY).exists():
        raise NotNow(_("No row would change anything."))
    _move(row, (State.TRIED,), State.RUNNING)
    _start(row, APPLY, at)
    _note("import.apply", row, at)


@transaction.atomic
def take_back(row: SheetImport, *, by: Any, at: datetime) -> None:
    """Undo all of it within seven days. What somebody changed since stays and is listed."""
    row.refresh_from_db()
    if not row.can_be_undone(at):
        raise NotNow(_("An import can be taken back for seven days, once it was taken in."))
    if row.job is not None and row.job.is_live:
        raise NotNow(_("It is still being taken in. Stop that first."))
    refuse_stranger(row, at)
    _move(row, (State.DONE, State.RUNNING), State.UNDOING)
    _start(row, UNDO, at)
    audit.record("import.undo", at=at, by=by, of=("import", str(row.uuid)))


@transaction.atomic
def correct_row(line: ImportRow, values: Mapping[str, str], *, at: datetime) -> ImportRow:
    """Change the cells of one row and judge it again, before anything is taken in."""
    row = SheetImport.objects.select_for_update().get(pk=line.sheet_import_id)
    if row.state != State.TRIED:
        raise NotNow(_("Rows can be corrected between the trial and the taking in."))
    refuse_stranger(row, at)
    cells = [*line.cells]
    for name, at_column in row.mapping.items():
        if name in values:
            cells[at_column] = values[name].strip()
    judged = JUDGES[row.kind]([values_of(cells, row.mapping)], scope_of(row, at))[0]
    problems = judged.problems or twin_of(row, line.number, judged.about)
    line.cells, line.about, line.changes = cells, judged.about, judged.changes
    line.problems = problems
    line.verdict = Verdict.WRONG if problems else judged.verdict
    line.save(update_fields=["cells", "about", "changes", "problems", "verdict"])
    return line


def twin_of(row: SheetImport, number: int, about: str) -> list[tuple[str, str]]:
    """The problem that another row is about the same thing."""
    others = row.rows.exclude(number=number).exclude(verdict=Verdict.WRONG)
    twin = others.filter(about=about).order_by("number").values_list("number", flat=True).first()
    return [("", twin_text(twin))] if twin else []


def twin_text(number: int) -> str:
    return _("Row %(n)s is about the same.") % {"n": number}


def forget_old(at: datetime) -> None:
    """Files and rows of imports that nobody can undo any more. The log keeps that they were."""
    old = SheetImport.objects.filter(made_at__lt=at - KEPT)
    for key in old.exclude(key="").values_list("key", flat=True):
        default_storage.delete(key)
    old.delete()


def _move(row: SheetImport, before: tuple[str, ...], after: str) -> None:
    if not SheetImport.objects.filter(pk=row.pk, state__in=before).update(state=after):
        raise NotNow(_("This import is at another step by now. Look at it again."))
    row.state = after


def _start(row: SheetImport, kind: str, at: datetime) -> None:
    job = jobs.enqueue(kind, at=at, key=str(row.uuid), payload={"import": row.pk}, by=row.by)
    SheetImport.objects.filter(pk=row.pk).update(job=job)


def _note(verb: str, row: SheetImport, at: datetime, changes: dict[str, Any] | None = None) -> None:
    audit.record(verb, at=at, by=row.by, of=("import", str(row.uuid)), changes=changes)
