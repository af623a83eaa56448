"""Invitations: one for each address and role, mailed, taken back, made anew without staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypedDict, Unpack
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.jobs.services import knock
from partnership.mail import services as mail
from partnership.mail.models import OutboxMessage
from partnership.mail.tasks import deliver
from partnership.members import links, notices
from partnership.members.delegations import is_secretariat, runs
from partnership.members.models import Affiliation, Invitation
from partnership.members.refusals import (
    AddressWrong,
    InvitationCodeWrong,
    InvitationOver,
    InviterGone,
    NotYours,
    TooOften,
)

# Between two mails of one invitation, and how many of them there are at most.
PAUSE = timedelta(minutes=1)
SENDS = 10
# How often an invitation that is over is made anew without anybody of the staff.
RENEWED_A_DAY = 5
IS_ADDRESS = (MaxLengthValidator(254), EmailValidator())


class Offer(TypedDict, total=False):
    """What somebody is invited to. A role; the post; of a focal point the term."""

    name: str
    language: str
    role: str
    country: Any
    institution: Any
    title: str
    function: str
    is_deputy: bool
    until: Any
    letter: Any


def invite(email: str, *, by: Any, at: datetime, **offer: Unpack[Offer]) -> Invitation:
    """Invite an address, once: asked again, the invitation that is open is the answer.

    Whether the address has an account plays no part until somebody accepts. Whoever was invited to
    the same post and still holds it is not invited again. Refuses AddressWrong and NotYours.
    """
    email = email.strip().lower()
    try:
        for looks in IS_ADDRESS:
            looks(email)
    except ValidationError:
        raise AddressWrong(_("This is no mail address: %s") % email[:100]) from None
    if not _may(by, offer, at):
        raise NotYours(_("You can invite to a delegation that you run, as its officials."))
    if joined := _joined(email, offer, at):
        return joined
    same = Invitation.objects.unsettled().filter(email=email, **_what(offer))
    for is_last in (False, True):
        if found := same.filter(expires_at__gt=at).first():
            return found
        try:
            with transaction.atomic():
                same.filter(expires_at__lte=at).update(replaced_at=at)
                return _make(email, offer, by=by, at=at)
        except IntegrityError:
            # Asked twice at once: the other was first.
            if is_last:
                raise
    raise AssertionError("unreachable")


def _what(offer: Offer) -> dict[str, Any]:
    """What makes two invitations of one address the same."""
    return {
        "role": offer.get("role", Role.OFFICIAL),
        "country": offer.get("country"),
        "institution": offer.get("institution"),
    }


def _may(by: Any, offer: Offer, at: datetime) -> bool:
    """The secretariat invites to everything, a focal point officials of the own delegation."""
    if by is None or not by.is_active:
        return False
    what = _what(offer)
    own = what["role"] == Role.OFFICIAL
    places = (what["country"], what["institution"])
    return (own and runs(by, places, on=at.date())) or is_secretariat(by, at)


def _joined(email: str, offer: Offer, at: datetime) -> Invitation | None:
    """An earlier invitation to the same post that was accepted, while the post is still held."""
    what = _what(offer)
    if what.pop("role") != Role.OFFICIAL:
        return None
    used = Invitation.objects.filter(email=email, used_at__isnull=False, role=Role.OFFICIAL, **what)
    posts = Affiliation.objects.on(at.date()).filter(**what)
    return used.filter(used_by__in=posts.order_by().values("person")).first()


def drawn_up(email: str, offer: Mapping[str, Any], *, by: Any, at: datetime) -> Invitation:
    """An invitation with its links, not written yet and not mailed."""
    uuid = uuid4()
    return Invitation(
        uuid=uuid,
        email=email,
        by=by,
        made_at=at,
        sent_at=at,
        expires_at=at + Invitation.LIFE,
        mailed_hash=links.hash_of(links.token_of(uuid, links.MAILED)),
        shown_hash=links.hash_of(links.token_of(uuid, links.SHOWN)),
        **offer,
    )


def mail_key(invitation: Invitation) -> str:
    """What its mail has as its reason: each sending goes out once."""
    return f"members.invitation:{invitation.uuid}:{invitation.sends}"


def _make(email: str, offer: Offer, *, by: Any, at: datetime) -> Invitation:
    role = offer.get("role", Role.OFFICIAL)
    invitation = drawn_up(email, {**offer, "role": role}, by=by, at=at)
    invitation.mail = _mail(invitation, at)
    invitation.save(force_insert=True)
    _note("invitation.make", invitation, by, at, {"role": [None, invitation.role]})
    return invitation


def _mail(invitation: Invitation, at: datetime) -> OutboxMessage:
    subject, body = notices.invited(invitation)
    message = mail.queue(
        mail_key(invitation), to=invitation.email, subject=subject, body=body, at=at
    )
    transaction.on_commit(partial(knock, deliver))
    return message


@transaction.atomic
def send_again(invitation: Invitation, *, at: datetime, by: Any = None) -> Invitation:
    """The same link and code once more, and they hold from now on. What is over is made anew."""
    if invitation.replaced_at is not None:
        invitation = _newest(invitation)
    _refuse_settled(invitation)
    refuse_without_inviter(invitation, at)
    if invitation.expires_at <= at:
        return _anew(invitation, at)
    if invitation.sends >= SENDS:
        raise TooOften(
            _("It was mailed %(n)s times. Give the link in another way, or withdraw it.")
            % {"n": SENDS}
        )
    due = Invitation.objects.open(at).filter(pk=invitation.pk, sent_at__lte=at - PAUSE)
    if due.update(sends=F("sends") + 1, sent_at=at, expires_at=at + Invitation.LIFE):
        invitation.refresh_from_db()
        invitation.mail = _mail(invitation, at)
        invitation.save(update_fields=["mail"])
        _note("invitation.send", invitation, by, at)
    return invitation


def _newest(invitation: Invitation) -> Invitation:
    """The one that took the place of an old one."""
    same = Invitation.objects.filter(
        email=invitation.email,
        role=invitation.role,
        country=invitation.country,
        institution=invitation.institution,
    )
    return same.order_by("-pk")[0]


def _anew(invitation: Invitation, at: datetime) -> Invitation:
    """Another invitation to the same, by the same person, mailed to the same address."""
    made = Invitation.objects.filter(email=invitation.email, made_at__gt=at - timedelta(days=1))
    if made.count() >= RENEWED_A_DAY:
        raise TooOften(_("Enough invitations were mailed to this address today. Ask tomorrow."))
    names = ("name", "language", "role", "country", "institution", "title")
    offer = {name: getattr(invitation, name) for name in (*names, "function", "is_deputy")}
    offer |= {"until": invitation.until, "letter": invitation.letter}
    if not Invitation.objects.unsettled().filter(pk=invitation.pk).update(replaced_at=at):
        return send_again(_newest(invitation), at=at)
    return _make(invitation.email, offer, by=invitation.by, at=at)  # type: ignore[arg-type]


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Any, at: datetime) -> None:
    """Take it back: its link explains itself from now on and lets nobody in."""
    if not Invitation.objects.unsettled().filter(pk=invitation.pk).update(withdrawn_at=at):
        invitation.refresh_from_db()
        _refuse_settled(invitation)
        raise InvitationOver(_("This invitation was replaced by a newer one. Withdraw that one."))
    _note("invitation.withdraw", invitation, by, at)


def mark_opened(invitation: Invitation, *, at: datetime) -> None:
    """Somebody, or a mail scanner, opened the link. Nothing else comes of it."""
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=at)


def try_code(email: str, typed: str, *, at: datetime) -> Invitation:
    """The invitation of an address whose code this is. A try is paid before it is looked at.

    Refuses InvitationCodeWrong, in the same words whether there is an invitation or not.
    """
    mine = Invitation.objects.open(at).filter(email=email.strip().lower())
    paid = mine.filter(tries__lt=Invitation.TRIES)
    with transaction.atomic():
        payable = list(paid.select_for_update().values_list("pk", flat=True))
        Invitation.objects.filter(pk__in=payable).update(tries=F("tries") + 1)
    for invitation in Invitation.objects.filter(pk__in=payable):
        if links.is_right(invitation.uuid, typed):
            # Whoever has the code needs no tries; they are for those who guess.
            Invitation.objects.filter(pk__in=payable).update(tries=F("tries") - 1)
            return invitation
    raise InvitationCodeWrong(
        _(
            "This is not the code of an open invitation to this address. After five wrong codes a "
            "code no longer works; the link in the mail still does."
        )
    )


def refuse_without_inviter(invitation: Invitation, at: datetime) -> None:
    """What was offered by somebody who could not offer it today is not given."""
    if not _may(invitation.by, _what_of(invitation), at):
        raise InviterGone(
            _(
                "Whoever invited you no longer runs this delegation, so the invitation cannot be "
                "used. You can ask to join it yourself."
            )
        )


def _what_of(invitation: Invitation) -> Offer:
    return {
        "role": invitation.role,
        "country": invitation.country,
        "institution": invitation.institution,
    }


def _refuse_settled(invitation: Invitation) -> None:
    if invitation.used_at is not None:
        raise InvitationOver(_("This invitation was used already: each works once."))
    if invitation.withdrawn_at is not None:
        raise InvitationOver(_("This invitation was withdrawn."))


def _note(
    verb: str, row: Invitation, by: Any, at: datetime, changes: dict[str, Any] | None = None
) -> None:
    audit.record(verb, at=at, by=by, of=("invitation", str(row.uuid)), changes=changes)
