"""Which links there are, and what became of each look. A fault is believed at its third time."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.audit.changes import written
from partnership.information import asking
from partnership.information.links import copies
from partnership.information.links.looking import Seen, look
from partnership.information.links.refusals import CopyWrong
from partnership.jobs import services as jobs
from partnership.lib import clock
from partnership.lib.rows import store
from partnership.sources.links import LONGEST, TRIES, key_of
from partnership.sources.models import Link, LinkUse

EVERY = timedelta(days=7)
# From one fault to the next look: three looks take 48 hours.
AFTER_FAULT = timedelta(days=1)
FINE = (Link.State.GOOD, Link.State.MOVED)
chance = secrets.SystemRandom().uniform


@dataclass(frozen=True)
class Use:
    """An address where it stands: the page, its title, and whose it is to mend."""

    address: str
    page: str
    title: str
    owner: str


@transaction.atomic
def note(uses: Iterable[Use], *, at: datetime) -> int:
    """Write which links there are now; new ones are looked at soon. How many are new."""
    wanted = {(key_of(use.address), use.page): use for use in uses if len(use.address) <= LONGEST}
    before = LinkUse.objects.values_list("link__address_key", "page", "title", "owner")
    now = {(key, page, use.title[:300], use.owner) for (key, page), use in wanted.items()}
    if now == {*before}:
        return 0
    known = dict(Link.objects.values_list("address_key", "pk"))
    named = {key: use.address for (key, _page), use in wanted.items()}
    new = [
        Link(address=address, address_key=key, next_try_at=at)
        for key, address in named.items()
        if key not in known
    ]
    Link.objects.bulk_create(new, batch_size=400)
    LinkUse.objects.all().delete()
    known = dict(Link.objects.values_list("address_key", "pk"))
    LinkUse.objects.bulk_create(
        [
            LinkUse(link_id=known[key], page=page, title=use.title[:300], owner=use.owner)
            for (key, page), use in wanted.items()
        ],
        batch_size=400,
    )
    Link.objects.filter(uses=None).delete()
    return len(new)


def ring(*, at: datetime) -> bool:
    """Start a round if a link is due. While one runs, that one is the answer."""
    is_due = Link.objects.due(at).exists()
    if is_due:
        jobs.enqueue("links.round", at=at)
    return is_due


def look_again(uuid: UUID, *, at: datetime) -> None:
    """Somebody mended it, there or here: do not wait a week."""
    Link.objects.filter(uuid=uuid).update(next_try_at=at)
    ring(at=at)


def go_round(step: asking.Step) -> dict[str, Any]:
    """Look at all that are due, of each host one."""
    told = {"good": 0}

    def kept(link: Link, seen: Seen) -> str:
        keep(link, seen, at=clock.now())
        told["good"] += seen.state in FINE
        return _("Looked at %(host)s") % {"host": asking.host_of(link)}

    return {"looked_at": asking.go_round(Link.objects.due, look, kept, step), **told}


def keep(link: Link, seen: Seen, *, at: datetime) -> None:
    """Write what was seen. Nothing, where somebody asked for another look meanwhile."""
    new: dict[str, Any] = {"checked_at": at}
    if seen.state in FINE:
        new |= {"state": seen.state, "moved_to": seen.moved_to}
        new |= {"tries": 0, "since": None, "error": ""}
        new["next_try_at"] = at + EVERY * chance(0.9, 1.1)
    else:
        tries = min(link.tries + 1, 100)
        new |= {"tries": tries, "since": link.since or at, "error": seen.error}
        is_certain = tries >= TRIES
        if is_certain:
            new |= {"state": seen.state, "moved_to": ""}
        new["next_try_at"] = at + (EVERY * chance(0.9, 1.1) if is_certain else AFTER_FAULT)
    Link.objects.filter(pk=link.pk, next_try_at=link.next_try_at).update(**new)


def ring_copies(*, at: datetime) -> bool:
    """Start asking an archive if a copy is lacking. While one is asked, that is the answer."""
    is_due = copies.are_due(at)
    if is_due:
        jobs.enqueue("links.copies", at=at)
    return is_due


def ask_for_copies(step: asking.Step) -> dict[str, Any]:
    """Ask for a few of the copies that are lacking."""
    return copies.go_round(step)


@transaction.atomic
def correct_copy(link: Link, words: dict[str, Any], *, by: Any, at: datetime) -> Link:
    """A copy that a person found, or that the known one was none: an archive is asked later."""
    row = Link.objects.select_for_update().get(pk=link.pk)
    if words["archived_on"] and words["archived_on"] > at.date():
        raise CopyWrong(_("This day is yet to come."))
    if changes := written(row, words):
        written(row, {"archive_next_at": at + copies.WHEN_NONE})
        store(row, wrong=CopyWrong, taken=CopyWrong)
        audit.record("link.copy", at=at, by=by, of=("link", str(row.uuid)), changes=changes)
    return row
