"""Rows of memberships: who joined when, and when they left."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partnership.members.imports.judging import (
    CellWrong,
    Judged,
    Scope,
    Values,
    day,
    in_order,
    short,
)
from partnership.members.imports.labels import Labels
from partnership.members.models import Country, Institution, Participation

Member = Country | Institution
Lines = dict[tuple[str, Any], list[Participation]]


def judge(rows: list[Values], scope: Scope) -> list[Judged]:
    """A membership is known by its member and its first day. An empty cell changes nothing."""
    labels = Labels(with_sources=True)
    lines: Lines = defaultdict(list)
    for line in Participation.objects.order_by("begins_on").select_related("source"):
        lines[_key(line.country_id, line.institution_id)].append(line)
    return [_judged(values, labels, lines) for values in rows]


def _key(country: Any, institution: Any) -> tuple[str, Any]:
    return ("country", country) if country is not None else ("institution", institution)


def _judged(values: Values, labels: Labels, lines: Lines) -> Judged:
    judged = Judged()
    member, begins_on = judged.read(labels.member, values), judged.read(_joined, values)
    if member is None or begins_on is None:
        return judged
    kind = "country" if isinstance(member, Country) else "institution"
    judged.about = f"{kind} {member.pk} {begins_on}"
    held = lines.get((kind, member.pk), [])
    known = next((line for line in held if line.begins_on == begins_on), None)
    wanted = _wanted(judged, values, labels, begins_on, is_new=known is None)
    judged.read(_refuse_overlap, held, known, begins_on, wanted.get("ends_on"))
    if judged.problems:
        return judged
    if known is None:
        return judged.make(Participation(begins_on=begins_on, **{kind: member}, **wanted))
    return judged.change(known, wanted)


def _joined(values: Values) -> date:
    begins_on = day(values, "begins_on")
    if begins_on is None:
        raise CellWrong("begins_on", _("Write the day on which they joined."))
    return begins_on


def _left(values: Values, begins_on: date) -> date | None:
    ends_on = day(values, "ends_on")
    in_order(begins_on, ends_on)
    return ends_on


def _wanted(
    judged: Judged, values: Values, labels: Labels, begins_on: date, *, is_new: bool
) -> dict[str, Any]:
    wanted = {
        "ends_on": judged.read(_left, values, begins_on),
        "source": judged.read(labels.source, values, is_needed=is_new),
        "note": judged.read(short, values, "note", 5_000),
    }
    return {name: value for name, value in wanted.items() if value}


def _refuse_overlap(
    held: list[Participation], known: Participation | None, begins_on: date, ends_on: date | None
) -> None:
    """Two memberships of one member in one time."""
    until = ends_on or (known.ends_on if known else None) or date.max
    for line in held:
        if (
            line is not known
            and line.begins_on <= until
            and (line.ends_on or date.max) >= begins_on
        ):
            text = _("There is a membership from %(first)s to %(last)s already.")
            last = line.ends_on or _("no end yet")
            raise CellWrong("begins_on", text % {"first": line.begins_on, "last": last})
