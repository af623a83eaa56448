"""What editors write into the register. A line that was wrong stays beside the one that counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from partnership.agreements import versions
from partnership.agreements.models import Agreement, AgreementStage
from partnership.agreements.queries import search_entries
from partnership.agreements.refusals import (
    AlreadyConfirmed,
    AlreadyCorrected,
    LineTaken,
    LineWrong,
    NothingPutRight,
    NotYetConfirmed,
    PairIsThere,
)
from partnership.audit import services as audit
from partnership.audit.changes import written
from partnership.lib.rows import store
from partnership.search import services as search

LINE = (
    *("stage", "instrument", "kind", "on", "precision", "is_report_date", "is_confirmed"),
    *("source", "acquiring_label", "host_label", "note"),
)


@transaction.atomic
def add_agreement(
    pair: dict[str, Any],
    line: dict[str, Any],
    *,
    is_further: bool,
    reason: str,
    by: Any,
    at: datetime,
) -> Agreement:
    """A pair with its first line: without one the register would not show it."""
    of_pair = Agreement.objects.filter(acquiring=pair["acquiring"], host=pair["host"])
    series = of_pair.order_by().aggregate(last=Max("series"))["last"] or 0
    if series and not is_further:
        raise PairIsThere(
            _("This pair is in the register. Add a line to it, or say that this is a further one.")
        )
    row = Agreement(series=series + 1)
    changes = written(row, pair)
    row.slug = Agreement.slug_of(row.acquiring_id, row.host_id, row.series)
    _store(row)
    _note("agreement.add", row, changes, by, at)
    first = _write_line(AgreementStage(agreement=row), line, by, at)
    _changed(first, reason, by, at)
    return row


@transaction.atomic
def add_line(
    agreement: Agreement, line: dict[str, Any], *, reason: str, by: Any, at: datetime
) -> AgreementStage:
    """What a further source says, or what happened since."""
    versions.begin(agreement, at=at)
    row = _write_line(AgreementStage(agreement=agreement), line, by, at)
    _changed(row, reason, by, at)
    return row


@transaction.atomic
def confirm_line(
    row: AgreementStage, words: dict[str, Any], *, reason: str, by: Any, at: datetime
) -> AgreementStage:
    """The line was read in a source. What it says stays; else it is put right instead."""
    versions.begin(row.agreement, at=at)
    unread = AgreementStage.objects.standing().filter(pk=row.pk, is_confirmed=False)
    changes = written(row, {**words, "is_confirmed": True, "checked_on": at.date()})
    row.checked_by = by
    values = {name: getattr(row, name) for name in (*words, "is_confirmed", "checked_on")}
    try:
        with transaction.atomic():
            done = unread.update(**values, checked_by=by)
    except IntegrityError:
        raise LineWrong(_("This source says the same in another line already.")) from None
    if not done:
        raise AlreadyConfirmed(_("Somebody else confirmed this line or put it right meanwhile."))
    _note("line.confirm", row.agreement, {"line": row.handle, **changes}, by, at)
    _changed(row, reason, by, at)
    return row


@transaction.atomic
def check_line(row: AgreementStage, *, reason: str, by: Any, at: datetime) -> AgreementStage:
    """Somebody read the source again, and it still says so."""
    versions.begin(row.agreement, at=at)
    read = AgreementStage.objects.standing().filter(pk=row.pk, is_confirmed=True)
    if not read.update(checked_by=by, checked_on=at.date()):
        raise NotYetConfirmed(_("This line was put right meanwhile, or never read in a source."))
    _note("line.check", row.agreement, {"line": row.handle}, by, at)
    _changed(row, reason, by, at)
    return row


@transaction.atomic
def correct_line(
    row: AgreementStage, line: dict[str, Any], *, reason: str, by: Any, at: datetime
) -> AgreementStage:
    """A new line that counts instead of a wrong one, which stays with the day it was put right."""
    if all(getattr(row, name) == line[name] for name in LINE):
        raise NothingPutRight(_("Nothing is different. Change what is wrong, then save."))
    versions.begin(row.agreement, at=at)
    standing = AgreementStage.objects.standing().filter(pk=row.pk)
    if not standing.update(corrected_at=at):
        raise AlreadyCorrected(_("Somebody else put this line right meanwhile. Look at it first."))
    new = AgreementStage(agreement=row.agreement, corrects=row, reason=reason)
    _write_line(new, line, by, at, verb="line.correct", instead=row.handle, reason=reason)
    _changed(new, reason, by, at)
    return new


def _changed(row: AgreementStage, reason: str, by: Any, at: datetime) -> None:
    """What follows each change: a version with its reason and source, and search knows of it."""
    versions.keep(row.agreement, reason, source=row.source, by=by, at=at)
    search.replace("agreement", search_entries())


def _write_line(
    row: AgreementStage,
    line: dict[str, Any],
    by: Any,
    at: datetime,
    verb: str = "line.add",
    **more: str,
) -> AgreementStage:
    changes = written(row, line)
    if row.is_confirmed:
        row.checked_by, row.checked_on = by, at.date()
    _store(row)
    _note(verb, row.agreement, {"line": row.handle, **more, **changes}, by, at)
    return row


def _store(row: Any) -> None:
    store(row, wrong=LineWrong, taken=LineTaken)


def _note(verb: str, of: Agreement, changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=("agreement", of.slug), changes=changes)
