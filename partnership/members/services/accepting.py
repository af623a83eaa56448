"""Accepting an invitation: once, by whoever has the address or is signed in, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts import endings
from partnership.accounts.models import Role, RoleGrant, User
from partnership.accounts.queries import owner_of
from partnership.accounts.services import confirm_address, open_account
from partnership.audit import services as audit
from partnership.members.delegations import delegation_of
from partnership.members.models import Invitation
from partnership.members.refusals import (
    AccountIsClosed,
    DayWrong,
    InvitationOver,
    NameMissing,
    SignInNeeded,
)
from partnership.members.services.invitations import refuse_without_inviter
from partnership.members.services.posts import begin_post
from partnership.members.services.terms import Term, begin_term


@dataclass(frozen=True)
class Accepted:
    """Whose it is now, and whether the account was made for it."""

    person: User
    is_new: bool = False


@transaction.atomic
def accept(
    invitation: Invitation,
    *,
    at: datetime,
    is_proof: bool,
    by: Any = None,
    name: str = "",
    adds_address: bool = False,
) -> Accepted:
    """Use the invitation, exactly once. `is_proof`: the link or the code came from the mail.

    `by` is who is signed in. Without anybody the account of the address gets what was offered; if
    there is none, one is made with the name. Refuses InvitationOver, InviterGone, NameMissing,
    SignInNeeded, AccountIsClosed.
    """
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(used_at=at):
        raise over(invitation, at)
    invitation.refresh_from_db()
    refuse_without_inviter(invitation, at)
    found = Accepted(by) if by is not None else _behind(invitation, is_proof, name, at)
    person = found.person
    if not person.is_active:
        raise AccountIsClosed(_("This account was closed. Ask the secretariat if it should not."))
    if is_proof and (by is None or adds_address):
        _confirm(person, invitation.email)
    _give(invitation, person, at)
    Invitation.objects.filter(pk=invitation.pk).update(used_by=person)
    audit.record(
        "invitation.accept",
        at=at,
        by=person,
        of=("invitation", str(invitation.uuid)),
        changes={"role": [None, invitation.role]},
    )
    return found


def over(invitation: Invitation, at: datetime) -> InvitationOver:
    """Why an invitation cannot be used."""
    invitation.refresh_from_db()
    if invitation.used_at is not None:
        return InvitationOver(_("This invitation was used already: each works once."))
    if invitation.withdrawn_at is not None:
        return InvitationOver(_("This invitation was withdrawn."))
    if invitation.replaced_at is not None:
        return InvitationOver(_("A newer invitation took the place of this one."))
    return InvitationOver(_("This invitation is too old: each holds for 14 days."))


def _behind(invitation: Invitation, is_proof: bool, name: str, at: datetime) -> Accepted:
    """The person of the address, for whoever came by the mail."""
    if not is_proof:
        raise SignInNeeded(_("Sign in first, or make an account: then you can accept."))
    if person := owner_of(invitation.email):
        return Accepted(person)
    if not name:
        raise NameMissing(_("There is no account with this address yet. Write your name for one."))
    return Accepted(*open_account(invitation.email, name, at=at))


def _confirm(person: User, email: str) -> None:
    """Who read the mail has the address. Somebody else's confirmed one stays theirs."""
    owner = owner_of(email)
    if owner is not None and owner.pk != person.pk:
        return
    try:
        with transaction.atomic():
            confirm_address(person, email)
    except IntegrityError:
        # Confirmed in another window at the same moment, by this person or another: it stands.
        return


def _give(invitation: Invitation, person: User, at: datetime) -> None:
    """The post from today, and the role or the term as it was offered."""
    day = at.date()
    where = {"country": invitation.country, "institution": invitation.institution}
    if any(where.values()):
        begin_post(person, where, title=invitation.title, begins_on=day, at=at)
    match invitation.role:
        case Role.OFFICIAL:
            return
        case Role.FOCAL_POINT:
            _begin_term(invitation, person, at)
            endings.end_all(person, at=at)
        case role:
            RoleGrant.objects.get_or_create(
                person=person, role=role, ends_on=None, defaults={"begins_on": day}
            )
            endings.end_all(person, at=at)


def _begin_term(invitation: Invitation, person: User, at: datetime) -> None:
    if invitation.until is None or invitation.until < at.date():
        raise DayWrong(_("The term that was offered has ended meanwhile. Ask the secretariat."))
    term = Term(invitation.function, invitation.is_deputy, at.date(), invitation.until)
    begin_term(person, delegation_of(invitation), term, letter=invitation.letter)
