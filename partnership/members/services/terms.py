"""Terms of focal points: begun for one function, closed early, warned of before they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.accounts import endings
from partnership.audit import services as audit
from partnership.audit.changes import plain
from partnership.mail import services as mail
from partnership.members import notices
from partnership.members.delegations import Delegation, delegation_of, is_secretariat, run_by
from partnership.members.models import Affiliation, FocalTerm, OfficialLetter
from partnership.members.models.people import FocalTermQuerySet
from partnership.members.refusals import AlreadyThere, DayWrong, NotYours, SecondPersonNeeded

LONGEST = timedelta(days=3 * 366)
# Days before the end at which a focal point is warned, each once.
WARNINGS = (60, 30, 7)


@dataclass(frozen=True)
class Term:
    """For what and from when to when."""

    function: str
    is_deputy: bool
    begins_on: date
    ends_on: date


def refuse_stranger(delegation: Delegation, by: Any, at: datetime) -> None:
    """Only who runs the delegation today, or the secretariat, goes on."""
    own = [item.handle for item in run_by(by, on=at.date())]
    if delegation.handle not in own and not is_secretariat(by, at):
        raise NotYours(_("You do not run this delegation today."))


@transaction.atomic
def begin_term(
    person: Any, delegation: Delegation, term: Term, *, letter: OfficialLetter | None = None
) -> FocalTerm:
    """One holder and one deputy for each function. Whoever is in grace makes room.

    Refuses AlreadyThere while somebody else's term has not reached its end.
    """
    refuse_days(term)
    # Two appointments at once wait for each other here.
    type(delegation.place).objects.select_for_update().get(pk=delegation.place.pk)
    refuse_held(delegation, term, person)
    _seat(delegation, term).update(closed_on=term.begins_on)
    return FocalTerm.objects.create(
        person=person,
        function=term.function,
        is_deputy=term.is_deputy,
        begins_on=term.begins_on,
        ends_on=term.ends_on,
        letter=letter,
        **delegation.where,
    )


def _seat(delegation: Delegation, term: Term) -> FocalTermQuerySet:
    """Who holds the function in the same part on the first day."""
    rows = FocalTerm.objects.on(term.begins_on)
    return rows.filter(function=term.function, is_deputy=term.is_deputy, **delegation.where)


def refuse_days(term: Term) -> None:
    if not term.begins_on <= term.ends_on <= term.begins_on + LONGEST:
        raise DayWrong(_("A term ends after it begins, and lasts three years at most."))


def refuse_held(delegation: Delegation, term: Term, person: Any = None) -> None:
    """Somebody else's term that has not reached its end stands in the way."""
    held = _seat(delegation, term).filter(ends_on__gte=term.begins_on)
    if other := held.exclude(person=person).first():
        raise AlreadyThere(
            _("This function is held by %(person)s until %(day)s. End that term first.")
            % {"person": other.person, "day": other.ends_on}
        )


@transaction.atomic
def appoint(
    person: Any,
    delegation: Delegation,
    term: Term,
    *,
    letter: OfficialLetter,
    by: Any,
    at: datetime,
) -> FocalTerm:
    """The secretariat appoints somebody on an official letter."""
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat appoints focal points."))
    if by == person:
        raise SecondPersonNeeded(_("Nobody appoints themselves: somebody else must do it."))
    row = begin_term(person, delegation, term, letter=letter)
    endings.end_all(person, at=at)
    _tell_and_note("term.begin", row, by, at, notices.appointed(row))
    return row


@transaction.atomic
def name_for(
    person: Any, delegation: Delegation, function: str, *, is_deputy: bool, by: Any, at: datetime
) -> FocalTerm:
    """Who runs a delegation gives a function to one of its people, until the own term's end."""
    refuse_stranger(delegation, by, at)
    if by == person:
        raise SecondPersonNeeded(_("You cannot give a function to yourself. Ask the secretariat."))
    day = at.date()
    if not Affiliation.objects.on(day).filter(person=person, **delegation.where).exists():
        raise NotYours(_("A function goes to somebody who holds a post in the delegation."))
    until = _last_day_of(by, delegation, day) or day + timedelta(days=365)
    if until < day:
        raise DayWrong(_("Your own term has ended: the secretariat appoints in these days."))
    term = Term(function, is_deputy, day, min(until, day + LONGEST))
    row = begin_term(person, delegation, term)
    endings.end_all(person, at=at)
    _tell_and_note("term.begin", row, by, at, notices.appointed(row))
    return row


def _last_day_of(by: Any, delegation: Delegation, day: date) -> date | None:
    """The end of the longest own term, or nothing for the secretariat, which has none."""
    own = FocalTerm.objects.on(day).filter(person=by, **delegation.where)
    return own.order_by("-ends_on").values_list("ends_on", flat=True).first()


@transaction.atomic
def close_term(term: FocalTerm, *, by: Any, at: datetime) -> None:
    """End it now, and every session of its person. Never the own one."""
    refuse_stranger(delegation_of(term), by, at)
    if by.pk == term.person_id:
        raise SecondPersonNeeded(
            _("You cannot end your own term: hand over, or ask the secretariat.")
        )
    shut(term, at)
    _tell_and_note("term.close", term, by, at, notices.term_closed(term))


def shut(term: FocalTerm, at: datetime) -> None:
    """The right is over with the next request."""
    day = max(at.date(), term.begins_on)
    if not FocalTerm.objects.on(at.date()).filter(pk=term.pk).update(closed_on=day):
        raise AlreadyThere(_("This term does not hold any more."))
    term.closed_on = day
    endings.end_all(term.person, at=at)


def _tell_and_note(verb: str, row: FocalTerm, by: Any, at: datetime, told: tuple[str, str]) -> None:
    subject, body = told
    mail.queue(f"members.{verb}:{row.pk}", to=row.person.email, subject=subject, body=body, at=at)
    changes = {
        "function": [None, row.function],
        "ends_on": [None, plain(row.closed_on or row.ends_on)],
        "of": [None, delegation_of(row).handle],
    }
    audit.record(verb, at=at, by=by, of=("focalterm", str(row.pk)), changes=changes)


def warn_ending(at: datetime) -> int:
    """Mail each focal point whose term ends soon, or has ended and runs on: once for each step."""
    day = at.date()
    soon = FocalTerm.objects.on(day).filter(ends_on__lte=day + timedelta(days=max(WARNINGS)))
    rows = soon.filter(person__is_active=True)
    for term in rows.select_related("person", "country", "institution").order_by("pk"):
        left = (term.ends_on - day).days
        step = min((step for step in WARNINGS if left <= step), default=0) if left >= 0 else 0
        subject, body = notices.term_ends(term, left)
        # The same key is mailed once; a term that was prolonged is warned of anew.
        key = f"members.term:{term.pk}:{term.ends_on}:{step}"
        mail.queue(key, to=term.person.email, subject=subject, body=body, at=at)
    return len(rows)
