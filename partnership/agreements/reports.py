"""What changed in the register in a month, worked out of its versions and statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from partnership.agreements import comparing, versions
from partnership.agreements.comparing import Change, Kind
from partnership.agreements.history import AgreementVersion, PartyStatement


@dataclass
class Entry:
    """One version of an agreement, with those of its changes that are of one kind."""

    version: AgreementVersion
    changes: list[Change]


@dataclass
class Report:
    """A month, by what happened in it."""

    first: date
    new: list[AgreementVersion] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    checked: list[Entry] = field(default_factory=list)
    statements: list[PartyStatement] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.checked or self.statements)

    @property
    def next(self) -> date:
        return next_month(self.first)

    @property
    def arrivals(self) -> list[list[AgreementVersion]]:
        """What is new, in groups that came one after another for the same reason."""
        return [list(group) for _key, group in groupby(self.new, _why)]

    def get_absolute_url(self) -> str:
        return address_of(self.first)


def _why(one: AgreementVersion) -> tuple[str, str, int | None]:
    return one.cause, one.reason, one.source_id


def address_of(first: date) -> str:
    return reverse("agreements:month", args=[f"{first:%Y-%m}"])


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def report(first: date) -> Report:
    """The month that begins on a day, in a fixed number of queries."""
    found = Report(first)
    span = {"made_at__gte": _moment(first), "made_at__lt": _moment(found.next)}
    made = list(
        AgreementVersion.objects.filter(**span)
        .select_related("agreement__acquiring", "agreement__host", "source")
        .order_by("made_at", "pk")
    )
    before = _versions_before(made)
    titles = versions.titles_of([*made, *before.values()])
    for one in made:
        past = before.get((one.agreement_id, one.number - 1))
        if past is None:
            found.new.append(one)
            continue
        _sort_in(found, one, comparing.changes(past.told, one.told, titles))
    said = PartyStatement.objects.filter(**span).order_by("made_at", "pk")
    found.statements = list(
        said.select_related("agreement__acquiring", "agreement__host", "country", "line")
    )
    return found


def _sort_in(found: Report, one: AgreementVersion, changes: list[Change]) -> None:
    checks = [change for change in changes if change.kind == Kind.CHECKED]
    others = [change for change in changes if change.kind != Kind.CHECKED]
    if others:
        found.changed.append(Entry(one, others))
    if checks:
        found.checked.append(Entry(one, checks))


def _versions_before(made: Iterable[AgreementVersion]) -> dict[tuple[int, int], AgreementVersion]:
    """Those of a month by agreement and number, and of each agreement the last one before."""
    known = {(one.agreement_id, one.number): one for one in made}
    wanted = {(pk, number - 1) for pk, number in known} - set(known)
    rows = AgreementVersion.objects.filter(agreement__in={pk for pk, _n in wanted})
    rows = rows.filter(number__in={number for _pk, number in wanted})
    return known | {(one.agreement_id, one.number): one for one in rows}


def months(today: date) -> list[date]:
    """The first days of the months in which something changed, the newest first."""
    kinds: list[Any] = [AgreementVersion, PartyStatement]
    found = {
        day.date()
        for kind in kinds
        for day in kind.objects.order_by().datetimes("made_at", "month", tzinfo=UTC)
    }
    return sorted((day for day in found if day <= today), reverse=True)
