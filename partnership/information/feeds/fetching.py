"""A round: the feeds whose time has come are asked side by side, and what each said is kept."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.information import asking
from partnership.information.feeds import notices, reading, rhythm
from partnership.information.feeds.faults import of_status
from partnership.information.feeds.taking import take
from partnership.information.models import Feed
from partnership.lib import clock
from partnership.lib.outbound import Answer, Limits, NotFetched, fetch

log = logging.getLogger(__name__)

LIMITS = Limits(seconds=30.0, size=3_000_000)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
chance = secrets.SystemRandom().uniform


@dataclass(frozen=True)
class Said:
    """What came of asking: an answer, or why there is none."""

    answer: Answer | None = None
    error: str = ""


def go_round(step: asking.Step) -> dict[str, Any]:
    """Ask all that are due, each host once; tells how many answered well, and what was new."""
    told = {"good": 0, "new": 0}

    def kept(feed: Feed, said: Said) -> str:
        new = keep(feed, said, at=clock.now())
        told["good"] += new is not None
        told["new"] += new or 0
        return _("Asked %(feed)s") % {"feed": feed.title}

    return {"asked": asking.go_round(Feed.objects.due, _ask, kept, step), **told}


def _ask(feed: Feed) -> Said:
    """Runs in a thread of its own: no database here."""
    headers = {"Accept": ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    try:
        return Said(fetch(feed.address, headers=headers, limits=LIMITS))
    except NotFetched as refusal:
        return Said(error=refusal.code)


@transaction.atomic
def keep(feed: Feed, said: Said, *, at: datetime) -> int | None:
    """Write what a feed said; how many items are new, or None where it said nothing good.

    Nothing is written where a person changed the feed, or another round took it, meanwhile.
    """
    mine = Feed.objects.select_for_update().filter(
        pk=feed.pk, address=feed.address, paused_at=None, next_try_at=feed.next_try_at
    )
    row = mine.first()
    if row is None:
        return None
    new, error = _taken(row, said, at)
    row.tried_at = at
    wait = timedelta(0)
    if error:
        row.failures, row.error = row.failures + 1, error
        wait = _asked_for(said.answer, at)
        if row.failures >= rhythm.MOST_FAILURES or error == of_status(410):
            row.paused_at, row.pause = at, Feed.Pause.FAULTS
            notices.tell_keeper(row, at=at)
    else:
        row.failures, row.error, row.good_at = 0, "", at
    row.next_try_at = rhythm.next_try(at, row.failures, chance, wait)
    row.save()
    return None if error else new


def _taken(row: Feed, said: Said, at: datetime) -> tuple[int, str]:
    """How many items are new, and what is wrong with the answer."""
    answer = said.answer
    if answer is None:
        return 0, said.error
    if answer.status == 304:
        return 0, ""
    if answer.status != 200:
        return 0, of_status(answer.status)
    try:
        entries = reading.read(answer.body, answer.address)
    except reading.NotAFeed as refusal:
        return 0, refusal.code
    except Exception:
        # Whatever a stranger's document can do to a parser: the others are read all the same.
        log.exception("feed %s could not be read", row.slug)
        return 0, reading.NotAFeed.code
    new, left = take(row, entries, at=at)
    # Noted only where all was taken in: else a later "nothing new" would lose the rest.
    row.etag = "" if left else _kept(answer, "etag", 300)
    row.last_modified = "" if left else _kept(answer, "last-modified", 100)
    return new, ""


def _kept(answer: Answer, name: str, longest: int) -> str:
    """A header to be given back as it came; half of one says nothing."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and value.isprintable() else ""


def _asked_for(answer: Answer | None, at: datetime) -> timedelta:
    if answer is None or answer.status not in (429, 503):
        return timedelta(0)
    return rhythm.asked_for(answer.headers.get("retry-after", ""), at)
