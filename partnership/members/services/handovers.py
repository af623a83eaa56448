"""A delegation goes to a successor with everything open: functions, requests, invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts import endings
from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members import notices
from partnership.members.delegations import (
    Delegation,
    administrators,
    delegation_of,
    focal_points,
    is_secretariat,
    runs,
)
from partnership.members.models import Affiliation, FocalTerm, Handover, Invitation
from partnership.members.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    NotYours,
    SecondPersonNeeded,
)
from partnership.members.services.terms import LONGEST, Term, begin_term, shut


@transaction.atomic
def ask_handover(delegation: Delegation, taker: Any, *, by: Any, at: datetime) -> Handover:
    """A focal point names a successor among the delegation's people. Nothing changes yet."""
    day = at.date()
    if not runs(by, [delegation.place], on=day):
        raise NotYours(_("You do not run this delegation today."))
    if by == taker:
        raise SecondPersonNeeded(_("A successor is somebody else."))
    posts = Affiliation.objects.on(day).filter(person=taker, **delegation.where)
    if not taker.is_active or not posts.exists():
        raise NotYours(_("The successor must hold a post in the delegation."))
    try:
        with transaction.atomic():
            row = Handover.objects.create(giver=by, taker=taker, asked_at=at, **delegation.where)
    except IntegrityError:
        raise AlreadyAsked(_("A handover of yours waits already. Take it back first.")) from None
    seconds = focal_points(delegation, on=day, but=by)
    others = [one for one in seconds if one != taker] or administrators(on=day)
    for other in others:
        _mail(row, "asked", other, notices.handover_asked(row, other), at)
    _note("handover.ask", row, by, at)
    return row


@transaction.atomic
def decide_handover(row: Handover, *, agrees: bool, by: Any, at: datetime) -> None:
    """A second person says yes or no; whoever asked may take it back.

    Yes: the giver's terms end and the successor's begin, to the same last day, and the successor
    answers for the giver's open invitations. Requests belong to the delegation and stay.
    """
    is_own = by.pk in (row.giver_id, row.taker_id)
    delegation = delegation_of(row)
    if is_own and agrees:
        raise SecondPersonNeeded(
            _("Somebody else must agree: another focal point, or the secretariat.")
        )
    if not is_own and not runs(by, [delegation.place], on=at.date()) and not is_secretariat(by, at):
        raise NotYours(_("You do not run this delegation today."))
    waiting = Handover.objects.waiting().filter(pk=row.pk)
    if not waiting.update(decided_at=at, decided_by=by, is_done=agrees):
        raise AlreadyAnswered(_("This handover was decided already."))
    if agrees:
        _carry_over(row, delegation, at)
    for person in (row.giver, row.taker):
        _mail(row, "decided", person, notices.handover_decided(row, person, agrees=agrees), at)
    _note("handover.agree" if agrees else "handover.decline", row, by, at)


def _carry_over(row: Handover, delegation: Delegation, at: datetime) -> None:
    day = at.date()
    if not row.taker.is_active:
        raise NotYours(_("The successor's account is closed."))
    terms = FocalTerm.objects.on(day).filter(person=row.giver, **delegation.where)
    held = list(terms.select_related("country", "institution", "person"))
    if not held:
        raise NotYours(_("Whoever wanted to hand over has no term any more."))
    for term in held:
        shut(term, at)
    for term in held:
        until = min(max(term.ends_on, day), day + LONGEST)
        begin_term(
            row.taker,
            delegation,
            Term(term.function, term.is_deputy, day, until),
            letter=term.letter,
        )
    endings.end_all(row.taker, at=at)
    mine = Invitation.objects.unsettled().filter(by=row.giver, **delegation.where)
    mine.update(by=row.taker)


def _mail(row: Handover, step: str, to: Any, told: tuple[str, str], at: datetime) -> None:
    key = f"members.handover:{row.uuid}:{step}:{to.uuid}"
    # That one's own functions went or came is about the account: it always gets there.
    kind = Stoppable(Kind.DELEGATION, to) if step == "asked" else None
    mail.queue(key, to=to.email, subject=told[0], body=told[1], at=at, stoppable=kind)


def _note(verb: str, row: Handover, by: Any, at: datetime) -> None:
    changes = {
        "of": [None, delegation_of(row).handle],
        "from": [None, str(row.giver.uuid)],
        "to": [None, str(row.taker.uuid)],
    }
    audit.record(verb, at=at, by=by, of=("handover", str(row.uuid)), changes=changes)
