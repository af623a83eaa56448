"""Follow and follow no more, and how often the mail about it comes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.information.alerts import mornings, queries
from partnership.information.alerts.refusals import NothingToFollow, TooMuchFollowed
from partnership.information.models import Alert, Digest
from partnership.jobs import services as jobs

MOST = 100
ROUND = "alerts.round"


@transaction.atomic
def follow(
    person: Any, kind: str, key: str, *, at: datetime, narrowed: str = "", texts: str = ""
) -> Alert:
    """From now on this person is told what is new in it. Again it changes nothing.

    Whoever has stopped these mails gets none for it: a new alert takes no stop back.
    """
    # One after the other: else two windows together follow more than there may be.
    User.objects.select_for_update().get(pk=person.pk)
    wanted = Alert(kind=kind, key=" ".join(key.split())[:200], narrowed=narrowed, texts=texts)
    known = {"kind": kind, "key": wanted.key, "narrowed": narrowed, "texts": texts}
    if before := Alert.objects.filter(person=person, **known).first():
        return before
    if not wanted.key or queries.thing_of(wanted, queries.things([wanted])) is None:
        raise NothingToFollow(_("What you want to follow is not here any more."))
    if Alert.objects.filter(person=person).count() >= MOST:
        raise TooMuchFollowed(
            _("You follow %(most)s things already. Stop following one first.") % {"most": MOST}
        )
    zone = person.time_zone
    when = mornings.after(at, Digest.Rhythm.WEEKLY, zone)
    Digest.objects.get_or_create(
        person=person, defaults={"since": at, "next_at": when, "zone": zone}
    )
    return Alert.objects.create(person=person, since=at, **known)


def unfollow(alert: Alert) -> None:
    """Nothing of it is told any more."""
    alert.delete()


@transaction.atomic
def choose(person: Any, rhythm: str, *, at: datetime) -> Digest:
    """How often the mail comes. What came while none was wanted is not made up for."""
    digest, _made = Digest.objects.select_for_update().get_or_create(
        person=person,
        defaults={"since": at, "rhythm": Digest.Rhythm.NONE, "zone": person.time_zone},
    )
    if digest.rhythm == rhythm:
        return digest
    if digest.rhythm == Digest.Rhythm.NONE:
        digest.since = at
    digest.rhythm, digest.zone = rhythm, person.time_zone
    digest.next_at = mornings.after(at, rhythm, digest.zone)
    digest.save()
    return digest


def ring(*, at: datetime) -> bool:
    """Ask for a round where somebody's morning has come. Of rounds one is live."""
    _set_clocks(at)
    if not Digest.objects.due(at).exists():
        return False
    jobs.enqueue(ROUND, at=at)
    return True


def _set_clocks(at: datetime) -> None:
    """Whoever lives by another clock now gets the next mail in the morning of that one."""
    for digest in Digest.objects.elsewhere().select_related("person")[:500]:
        zone = digest.person.time_zone
        when = mornings.after(at, digest.rhythm, zone)
        Digest.objects.filter(pk=digest.pk, next_at=digest.next_at).update(zone=zone, next_at=when)
