"""What editors change: sources, and dated facts, of which the earlier value always stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.audit.changes import plain, written
from partnership.lib.rows import store
from partnership.lib.text.slugs import free_slug
from partnership.sources.models import DatedFact, Source
from partnership.sources.refusals import FigureMoved, RowTaken, RowWrong, ValueTooOld

KEPT = ("topic", "country", "label", "position")
LONGEST_KEY, LONGEST_SLUG = 76, 56
# The addresses of the pages that add one.
RESERVED = {"add"}


@transaction.atomic
def add_source(words: dict[str, Any], *, by: Any, at: datetime) -> Source:
    """A source with an address of its own on the desk, drawn from its title."""
    taken = RESERVED | set(Source.objects.values_list("slug", flat=True))
    row = Source(slug=free_slug(words["title"], taken, instead="source", longest=LONGEST_SLUG))
    changes = written(row, words)
    _store(row)
    _note("source.add", ("source", row.slug), changes, by, at)
    return row


@transaction.atomic
def change_source(row: Source, words: dict[str, Any], *, by: Any, at: datetime) -> Source:
    """What is known better of a source. Its slug stays."""
    if changes := written(row, words):
        _store(row)
        _note("source.change", ("source", row.slug), changes, by, at)
    return row


@transaction.atomic
def add_fact(words: dict[str, Any], *, by: Any, at: datetime) -> DatedFact:
    """The first value of a figure. Its key follows from its label once, and stays."""
    row = DatedFact(key=_free_key(words["label"]))
    return _added(row, words, by, at)


@transaction.atomic
def add_value(newest: DatedFact, words: dict[str, Any], *, by: Any, at: datetime) -> DatedFact:
    """A later value of a figure. The one before stays, and says until when it was the newest."""
    if words["as_of"] < newest.as_of:
        raise ValueTooOld(
            _("The newest value holds for %(day)s: a newer one cannot hold for a day before.")
            % {"day": newest.as_of_text}
        )
    # Whoever writes last finds the row of the other: of two, one follows.
    if DatedFact.objects.filter(follows=newest).exists():
        raise FigureMoved(_("Somebody else wrote a newer value meanwhile. Look at it first."))
    figure = newest.of_figure
    row = DatedFact(key=_free_key(f"{figure} {words['as_of']}"), figure=figure, follows=newest)
    if newest.valid_to is None:
        newest.valid_to = words["as_of"]
        newest.save(update_fields=["valid_to"])
        changes = {"valid_to": [None, plain(newest.valid_to)]}
        _note("fact.change", ("datedfact", newest.key), changes, by, at)
    return _added(row, {**{name: getattr(newest, name) for name in KEPT}, **words}, by, at)


@transaction.atomic
def reword_fact(row: DatedFact, words: dict[str, Any], *, by: Any, at: datetime) -> DatedFact:
    """How a value is told. What it is, for which day and by which source stays."""
    if changes := written(row, words):
        _store(row)
        _note("fact.change", ("datedfact", row.key), changes, by, at)
    return row


def _added(row: DatedFact, words: dict[str, Any], by: Any, at: datetime) -> DatedFact:
    changes = written(row, {**words, "checked_on": at.date()})
    row.checked_by = by
    _store(row)
    _note("fact.add", ("datedfact", row.key), changes, by, at)
    return row


def _free_key(name: str) -> str:
    taken = RESERVED | set(DatedFact.objects.values_list("key", flat=True))
    return free_slug(name, taken, instead="fact", longest=LONGEST_KEY)


def _store(row: Any) -> None:
    store(row, wrong=RowWrong, taken=RowTaken)


def _note(verb: str, of: tuple[str, str], changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=of, changes=changes)
