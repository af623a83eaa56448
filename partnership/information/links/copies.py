"""Asking a web archive for copies of what we link to: a few at a time, one after another.

Kept apart from looking at links: it is one host for all of them. A fault of it ends the round, so
that an archive which hangs is waited for once an hour, and takes nothing that is known.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from partnership.information.asking import CLAIM, Step, host_of
from partnership.information.links import archive
from partnership.information.models import DocumentVersion
from partnership.lib import clock
from partnership.sources.models import Link, Source

# Of one round, and how many seconds lie between two questions.
MOST, PAUSE = 20, 3.0
# An archive that had none may have one after some weeks; one that failed, tomorrow.
WHEN_NONE, WHEN_FAULTY = timedelta(weeks=4), timedelta(days=1)
rest = time.sleep


def are_due(at: datetime) -> bool:
    return bool(settings.ARCHIVE_URL) and Link.objects.lacking_copy(at).exists()


def go_round(step: Step) -> dict[str, Any]:
    """Ask for those that are due, until a fault; how many were asked for, found, and the fault."""
    told: dict[str, Any] = {"asked": 0, "found": 0}
    at = clock.now()
    rows = list(Link.objects.lacking_copy(at)[:MOST]) if settings.ARCHIVE_URL else []
    days = days_of(row.address for row in rows)
    for number, link in enumerate(rows, start=1):
        if not _claimed(link, at=(at := clock.now())):
            continue
        if told["asked"]:
            rest(PAUSE)
        said = archive.nearest(link.address, days.get(link.address), today=at.date())
        told["asked"] += 1
        told["found"] += keep(link, said, at=clock.now())
        step(
            number, len(rows), _("Asked for a copy of a page of %(host)s") % {"host": host_of(link)}
        )
        if said.error:
            return {**told, "fault": said.error}
    return told


def keep(link: Link, said: archive.Said, *, at: datetime) -> bool:
    """Write what an archive said, where nobody else wrote meanwhile; whether a copy is new."""
    mine = Link.objects.filter(
        pk=link.pk, archived_address="", archive_next_at=link.archive_next_at
    )
    if said.error:
        mine.update(archive_next_at=at + WHEN_FAULTY)
        return False
    new: dict[str, Any] = {"archive_asked_at": at, "archive_next_at": at + WHEN_NONE}
    if said.copy:
        new |= {"archived_address": said.copy.address, "archived_on": said.copy.on}
    return bool(mine.update(**new)) and said.copy is not None


def days_of(addresses: Iterable[str]) -> dict[str, date]:
    """The day of which a copy would show what was read: when it was read, else published."""
    wanted = list(addresses)
    shown = DocumentVersion.objects.published().filter(address__in=wanted).order_by("on", "pk")
    days = {version.address: version.on for version in shown if version.on}
    for source in Source.objects.filter(address__in=wanted).order_by("accessed_on", "pk"):
        if day := source.accessed_on or source.published_on:
            days[source.address] = day
    return days


def _claimed(link: Link, *, at: datetime) -> bool:
    """Nobody else asks for it meanwhile, and whoever finds it after a worker died may."""
    mine = (
        Link.objects.lacking_copy(at)
        .order_by()
        .filter(pk=link.pk, archive_next_at=link.archive_next_at)
    )
    link.archive_next_at = at + CLAIM
    return bool(mine.update(archive_next_at=link.archive_next_at))
