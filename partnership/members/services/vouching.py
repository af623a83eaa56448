"""Who says that somebody is who they say: a focal point vouches, a second person confirms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partnership.accounts import recovering
from partnership.accounts.models import Recovery, User
from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.members import notices
from partnership.members.delegations import (
    Delegation,
    administrators,
    focal_points,
    is_secretariat,
    of_post,
    runs,
)
from partnership.members.models import Affiliation, FocalTerm
from partnership.members.refusals import AlreadyAnswered, NotYours, SecondPersonNeeded


def waiting_in(place: Delegation, *, at: datetime) -> QuerySet[Recovery]:
    """Of the people who hold a post in a delegation today."""
    posts = Affiliation.objects.on(at.date()).filter(**place.where).order_by()
    return Recovery.objects.waiting(at).filter(person__in=posts.values("person"))


def waiting_for_all(*, at: datetime) -> QuerySet[Recovery]:
    """Of everybody who has an account: what the secretariat sees."""
    return Recovery.objects.waiting(at).filter(person__isnull=False)


@transaction.atomic
def vouch(row: Recovery, place: Delegation, *, by: User, at: datetime) -> None:
    """A focal point of the person's delegation knows them. Nothing changes until another agrees.

    Refuses SecondPersonNeeded, NotYours, AlreadyAnswered.
    """
    _refuse_its_person(row, by)
    if not runs(by, [place.place], on=at.date()):
        raise NotYours(_("A focal point of the delegation vouches first."))
    unsaid = waiting_in(place, at=at).filter(pk=row.pk, vouched_at__isnull=True)
    if not unsaid.update(vouched_by=by, vouched_at=at):
        raise AlreadyAnswered(_("Somebody vouched already, or the request has ended."))
    _note("recovery.vouch", row, by, at)
    others = {*focal_points(place, on=at.date(), but=by), *administrators(on=at.date())}
    for reader in others - {by, row.person}:
        _mail(row, "vouched", reader, notices.vouch_waits(place, reader), at)


@transaction.atomic
def confirm(row: Recovery, *, by: User, at: datetime) -> None:
    """The second person agrees: the new address is one of the account's, and its sessions end.

    Whether the first may still vouch is looked at again.
    """
    _refuse_its_person(row, by)
    _refuse_strangers(row, by, at)
    row.refresh_from_db(fields=["vouched_by", "vouched_at"])
    if row.vouched_by_id == by.pk:
        raise SecondPersonNeeded(_("You vouched already: somebody else has to agree."))
    if row.vouched_at and not _runs_theirs(row, row.vouched_by, at):
        raise NotYours(
            _(
                "Whoever vouched does not run this delegation any more. "
                "Refuse the request: it can be asked for anew."
            )
        )
    vouched = waiting_for_all(at=at).filter(pk=row.pk, vouched_at__isnull=False)
    if not vouched.exclude(vouched_by=by).update(confirmed_by=by, confirmed_at=at):
        raise AlreadyAnswered(_("Nobody has vouched yet, or the request has ended."))
    row.refresh_from_db()
    recovering.hand_over(row, at=at)
    _note("recovery.confirm", row, by, at)


@transaction.atomic
def refuse(row: Recovery, *, by: User, at: datetime) -> None:
    """It is not them, or nobody can say so. Whoever asked is told nothing: they may be anybody."""
    _refuse_its_person(row, by)
    _refuse_strangers(row, by, at)
    if not waiting_for_all(at=at).filter(pk=row.pk).update(ended_by=by, ended_at=at):
        raise AlreadyAnswered(_("This request was answered already."))
    _note("recovery.refuse", row, by, at)


def tell(at: datetime) -> int:
    """Mail the focal points of those who ask, once; returns how many requests it was."""
    told = 0
    for row in waiting_for_all(at=at).filter(told_at__isnull=True).select_related("person"):
        with transaction.atomic():
            mine = Recovery.objects.filter(pk=row.pk, told_at__isnull=True)
            told += mine.update(told_at=at) and _tell(row, at)
    return told


def _tell(row: Recovery, at: datetime) -> int:
    posts = Affiliation.objects.on(at.date()).filter(person=row.person)
    places = {
        place.handle: place
        for post in posts.select_related("country", "institution")
        for place in of_post(post)
    }
    for place in places.values():
        # Where the only focal point asks, the secretariat has to give the function to another.
        readers = focal_points(place, on=at.date(), but=row.person)
        for reader in readers or administrators(on=at.date()):
            _mail(row, "asked", reader, notices.vouch_asked(place, reader), at)
    return 1


def _refuse_its_person(row: Recovery, by: User) -> None:
    if row.person_id == by.pk:
        raise SecondPersonNeeded(_("Nobody vouches for themselves."))


def _refuse_strangers(row: Recovery, by: User, at: datetime) -> None:
    """The secretariat, and who runs a delegation in which the person holds a post today."""
    if not _runs_theirs(row, by, at) and not is_secretariat(by, at):
        raise NotYours(_("You do not run this delegation today."))


def _runs_theirs(row: Recovery, who: User | None, at: datetime) -> bool:
    """Whether they run a delegation in which the person holds a post today."""
    posts = Affiliation.objects.on(at.date()).filter(person=row.person_id).order_by()
    of = Q(country__in=posts.exclude(country=None).values("country"))
    of |= Q(institution__in=posts.exclude(institution=None).values("institution"))
    terms = FocalTerm.objects.on(at.date()).filter(of, person=who)
    return who is not None and who.is_active and terms.exists()


def _mail(row: Recovery, step: str, to: User, told: notices.Told, at: datetime) -> None:
    key = f"members.vouch:{row.uuid}:{step}:{to.uuid}"
    mail.queue(key, to=to.email, subject=told[0], body=told[1], at=at)


def _note(verb: str, row: Recovery, by: Any, at: datetime) -> None:
    key = str(row.person.uuid) if row.person else ""
    audit.record(verb, at=at, by=by, of=("person", key), changes={"recovery": str(row.uuid)})
