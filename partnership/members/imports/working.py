"""The long part, done by workers: try the rows, take them in, take them back.

Each batch is one transaction that begins with the job's step: a worker that was thought dead, or
whose job was cancelled, writes nothing of it. A row's effects and that it is done stand in the same
transaction, so that a worker may be killed anywhere and the next one goes on after the last batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.jobs.kinds import Steps
from partnership.lib.errors import Refusal
from partnership.lib.sheets import SheetRow, open_sheet, problem_text
from partnership.members.imports import journal
from partnership.members.imports.columns import values_of
from partnership.members.imports.judging import Judged
from partnership.members.imports.kinds import AFTER, JUDGES
from partnership.members.imports.queries import counted, opened
from partnership.members.imports.services import refuse_stranger, scope_of, twin_text
from partnership.members.models import ImportChange, ImportRow, SheetImport
from partnership.members.queries import institution_entries
from partnership.search import services as search

BATCH = 500
State, Verdict = SheetImport.State, ImportRow.Verdict
Told = dict[str, Any]


def _of(steps: Steps, state: str) -> SheetImport | None:
    """The import of a job, held until the transaction ends; none if it is at another step."""
    rows = SheetImport.objects.select_for_update(of=("self",))
    rows = rows.select_related("by", "country", "institution")
    return rows.filter(pk=steps.payload["import"], state=state).first()


def _ended(row: SheetImport, state: str, at: datetime, **more: Any) -> Told:
    """Close the step with what came of it."""
    counts = counted(row)
    SheetImport.objects.filter(pk=row.pk).update(state=state, counts=counts, **more)
    verb = f"import.{state}"
    audit.record(verb, at=at, by=row.by, of=("import", str(row.uuid)), changes=counts)
    return counts


# --- Trying -------------------------------------------------------------------------------


def look(steps: Steps, *, at: datetime) -> Told:
    """Judge every row of the sheet. Nothing but the import's own rows is written."""
    with transaction.atomic():
        row = _of(steps, State.TRYING)
    if row is None:
        return {}
    try:
        refuse_stranger(row, at)
        return _look(row, steps, at)
    except Refusal as refusal:
        with transaction.atomic():
            steps.step(0, 1)
            return _ended(row, State.REFUSED, at, reason=str(refusal)[:400])


def _look(row: SheetImport, steps: Steps, at: datetime) -> Told:
    with opened(row) as file, open_sheet(file, row.name, encoding=row.encoding) as sheet:
        total = sum(1 for _row in sheet)
    known = row.rows.order_by("-number").values_list("number", flat=True).first() or 0
    with opened(row) as file, open_sheet(file, row.name, encoding=row.encoding) as sheet:
        rows = (found for found in sheet if found.number > known)
        done = row.rows.count()
        for batch in _batches(rows):
            done += len(batch)
            with transaction.atomic():
                told = _("Tried %(n)s of %(all)s rows") % {"n": done, "all": total}
                steps.step(done, max(done, total), told)
                _keep(row, batch, at)
    with transaction.atomic():
        steps.step(max(done, 1), max(done, total, 1))
        held = _of(steps, State.TRYING)
        return _ended(row, State.TRIED, at, tried_at=at) if held else {}


def _batches(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    found = iter(rows)
    while batch := list(islice(found, BATCH)):
        yield batch


def _keep(row: SheetImport, batch: list[SheetRow], at: datetime) -> None:
    values = [values_of(found.cells, row.mapping) for found in batch]
    judged = JUDGES[row.kind](values, scope_of(row, at))
    seen = _seen(row, judged)
    lines = []
    for found, one in zip(batch, judged, strict=True):
        problems = [*_told(row, found), *one.problems]
        if not problems and one.about in seen:
            problems = [("", twin_text(seen[one.about]))]
        if not problems:
            seen[one.about] = found.number
        verdict = Verdict.WRONG if problems else one.verdict
        lines.append(
            ImportRow(
                sheet_import=row,
                number=found.number,
                cells=[cell.replace("\0", "\ufffd") for cell in found.cells],
                verdict=verdict,
                about=one.about,
                problems=problems,
                changes={} if problems else one.changes,
            )
        )
    ImportRow.objects.bulk_create(lines)


def _seen(row: SheetImport, judged: list[Judged]) -> dict[str, int]:
    """Earlier rows that are right and are about what these are about."""
    abouts = {one.about for one in judged}
    rows = row.rows.filter(about__in=abouts).exclude(verdict=Verdict.WRONG)
    return dict(rows.order_by("-number").values_list("about", "number"))


def _told(row: SheetImport, found: SheetRow) -> list[tuple[str, str]]:
    """What the reader found, by field. A formula in a column that means nothing hurts nobody."""
    names = {at: name for name, at in row.mapping.items()}
    told = []
    for at, code in found.problems:
        text = _("Column %(n)s %(what)s.") % {"n": at + 1, "what": problem_text(code)}
        if at in names or code == "beyond":
            told.append((names.get(at, ""), text))
    return told


# --- Taking in ----------------------------------------------------------------------------


def take_in(steps: Steps, *, at: datetime) -> Told:
    """Write what the trial showed, batch by batch. The same job again finds only what is left."""
    while True:
        with transaction.atomic():
            row = _of(steps, State.RUNNING)
            if row is None:
                return {}
            refuse_stranger(row, at)
            due = row.rows.filter(verdict__in=ImportRow.TO_APPLY)
            lines = list(due.filter(applied_at=None).order_by("number")[:BATCH])
            done = due.exclude(applied_at=None).count()
            total = due.count()
            told = _("Took in %(n)s of %(all)s rows") % {"n": done, "all": total}
            steps.step(done, total, told)
            if not lines:
                _write_search(row)
                return _ended(row, State.DONE, at, done_at=at)
            _apply(row, lines, at)


def _apply(row: SheetImport, lines: list[ImportRow], at: datetime) -> None:
    """All of them at once; if the database refuses one, each half for itself, down to one."""
    try:
        with transaction.atomic():
            _apply_together(row, lines, at)
        return
    except IntegrityError:
        if len(lines) == 1:
            _leave(lines[0], _("Another line stands in its place by now."))
            return
    half = len(lines) // 2
    for part in (lines[:half], lines[half:]):
        _apply(row, part, at)


def _apply_together(row: SheetImport, lines: list[ImportRow], at: datetime) -> None:
    values = [values_of(line.cells, row.mapping) for line in lines]
    effects, taken = [], []
    for line, judged in zip(lines, JUDGES[row.kind](values, scope_of(row, at)), strict=True):
        if judged.verdict == Verdict.SAME:
            ImportRow.objects.filter(pk=line.pk).update(verdict=Verdict.SAME, changes={})
        elif judged.verdict != line.verdict or _differ(judged.changes, line.changes):
            told = "; ".join(text for _name, text in judged.problems)
            _leave(line, told or _("Something changed since it was tried. Send it again."))
        else:
            taken.append(line.pk)
            effects += [(line, effect) for effect in judged.effects]
    mine = ImportRow.objects.filter(pk__in=taken, applied_at=None)
    if mine.update(applied_at=at) != len(taken):
        raise RuntimeError("a row of this batch was taken in by somebody else")
    journal.write(journal.sorted_effects(effects), at=at)


def _differ(now: Told, before: Told) -> bool:
    """Whether something else would change; what is only noticed may have gone meanwhile."""
    found = [{name: told[name] for name in told if name != "noticed"} for told in (now, before)]
    return found[0] != found[1]


def _leave(line: ImportRow, text: str) -> None:
    """A row that is not taken in after all."""
    problems = [["", text]]
    ImportRow.objects.filter(pk=line.pk).update(
        verdict=Verdict.WRONG, problems=problems, changes={}
    )


def _write_search(row: SheetImport) -> None:
    if row.kind == SheetImport.Kind.INSTITUTIONS:
        search.replace("institution", institution_entries())
    if after := AFTER.get(row.kind):
        after()


# --- Taking back --------------------------------------------------------------------------


def take_back(steps: Steps, *, at: datetime) -> Told:
    """Put back what the import changed, the last first."""
    while True:
        with transaction.atomic():
            row = _of(steps, State.UNDOING)
            if row is None:
                return {}
            mine = ImportChange.objects.filter(sheet_import=row)
            left = mine.filter(undone_at=None, kept_because="")
            changes = list(left.order_by("-pk")[:BATCH])
            total = mine.count()
            done = total - left.count()
            steps.step(done, total, _("Took back %(n)s of %(all)s") % {"n": done, "all": total})
            if not changes:
                _write_search(row)
                kept = mine.filter(~Q(kept_because="")).count()
                told = _ended(row, State.UNDONE, at, undone_at=at)
                return {**told, "kept": kept}
            journal.put_back(changes, at=at)
