"""What editors write of approaches and authorizations, by the rules of agreements.

A line that was wrong stays beside the one that counts, with the reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.agreements.cooperation import queries
from partnership.agreements.cooperation.refusals import PartiesWrong
from partnership.agreements.refusals import (
    AlreadyConfirmed,
    AlreadyCorrected,
    LineTaken,
    LineWrong,
    NothingPutRight,
)
from partnership.audit import services as audit
from partnership.audit.changes import written
from partnership.lib.rows import store
from partnership.lib.text.slugs import free_slug
from partnership.search import services as search

# The addresses of the pages that add one.
RESERVED = {"add"}
LONGEST_SLUG = 76
MANY = ("acquiring", "sectors")


@transaction.atomic
def add_entry(
    model: Any, words: dict[str, Any], line: dict[str, Any], *, by: Any, at: datetime
) -> Any:
    """An approach or an authorization with its first line: without one it would not be shown."""
    taken = RESERVED | set(model.objects.values_list("slug", flat=True))
    name = model._meta.model_name
    row = model(slug=free_slug(words["title"], taken, instead=name, longest=LONGEST_SLUG))
    _write_entry(row, words, "add", by, at)
    _write_line(row, line, "line.add", by=by, at=at)
    return row


@transaction.atomic
def change_entry(row: Any, words: dict[str, Any], *, by: Any, at: datetime) -> Any:
    """What is known better of it: its ID, its Parties, its agreement. Its address stays."""
    _write_entry(row, words, "change", by, at)
    _write_search(row)
    return row


@transaction.atomic
def add_line(row: Any, line: dict[str, Any], *, by: Any, at: datetime) -> Any:
    """What a further source says, or what happened since."""
    return _write_line(row, line, "line.add", by=by, at=at)


@transaction.atomic
def confirm_line(line: Any, *, by: Any, at: datetime) -> Any:
    """Somebody compared the line with its source, and all of it is so."""
    unread = type(line).objects.standing().filter(pk=line.pk, checked_on=None)
    if not unread.update(checked_by=by, checked_on=at.date()):
        raise AlreadyConfirmed(_("Somebody else confirmed this line or put it right meanwhile."))
    changes = {"line": line.handle, "checked_on": [None, at.date().isoformat()]}
    _note("line.confirm", line.entry, changes, by, at)
    return line


@transaction.atomic
def correct_line(line: Any, words: dict[str, Any], *, reason: str, by: Any, at: datetime) -> Any:
    """A new line that counts instead of a wrong one, which stays with the day it was put right."""
    told = {name: value for name, value in words.items() if name != "is_checked"}
    if all(getattr(line, name) == value for name, value in told.items()):
        raise NothingPutRight(_("Nothing is different. Change what is wrong, then save."))
    standing = type(line).objects.standing().filter(pk=line.pk)
    if not standing.update(corrected_at=at):
        raise AlreadyCorrected(_("Somebody else put this line right meanwhile. Look at it first."))
    instead = {"corrects": line, "reason": reason}
    return _write_line(line.entry, words, "line.correct", by=by, at=at, **instead)


def _write_entry(row: Any, words: dict[str, Any], verb: str, by: Any, at: datetime) -> None:
    words = dict(words)
    many = {name: list(words.pop(name)) for name in MANY}
    _refuse_strangers(row, words, many["acquiring"])
    before = {name: list(getattr(row, name).all()) if row.pk else [] for name in MANY}
    changes = written(row, words)
    store(row, wrong=LineWrong, taken=LineTaken)
    for name, found in many.items():
        if set(found) != set(before[name]):
            getattr(row, name).set(found)
            changes[name] = [", ".join(map(str, before[name])), ", ".join(map(str, found))]
    if changes:
        _note(verb, row, changes, by, at)


def _refuse_strangers(row: Any, words: dict[str, Any], acquiring: list[Any]) -> None:
    """Nobody acquires from themselves; an agreement or approach has the same host Party."""
    host = words["host"]
    if host in acquiring:
        raise PartiesWrong(_("The host Party cannot be an acquiring Party of the same."))
    agreement, approach = words.get("agreement"), words.get("approach")
    # Under a mutual agreement either Party may be the one that transfers first.
    if agreement and host not in (agreement.host, agreement.acquiring):
        raise PartiesWrong(_("The host Party is no Party to this agreement."))
    if approach and approach.host != host:
        raise PartiesWrong(_("This cooperative approach has another host Party."))


def _write_line(
    row: Any, words: dict[str, Any], verb: str, *, by: Any, at: datetime, **instead: Any
) -> Any:
    line = queries.LINES[type(row)](entry=row, **instead)
    words = dict(words)
    is_checked = words.pop("is_checked")
    changes = written(line, words)
    if is_checked:
        line.checked_by, line.checked_on = by, at.date()
    store(line, wrong=LineWrong, taken=LineTaken)
    stays = {"reason": instead["reason"], "instead": instead["corrects"].handle} if instead else {}
    _note(verb, row, {"line": line.handle, **stays, **changes}, by, at)
    _write_search(row)
    return line


def _write_search(row: Any) -> None:
    search.replace(row._meta.model_name, queries.search_entries(type(row)))


def _note(verb: str, of: Any, changes: dict[str, Any], by: Any, at: datetime) -> None:
    kind = of._meta.model_name
    audit.record(f"{kind}.{verb}", at=at, by=by, of=(kind, of.slug), changes=changes)
