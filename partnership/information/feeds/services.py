"""What editors change: feeds, and what becomes of each item. `accept` alone makes one public."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.audit.changes import written
from partnership.information.feeds.refusals import FeedStands, FeedTaken, FeedWrong, ItemDecided
from partnership.information.models import Feed, Item
from partnership.jobs import services as jobs
from partnership.lib.rows import store
from partnership.lib.text.slugs import free_slug

LONGEST_SLUG = 56
# The addresses of other pages of the desk.
RESERVED = {"add", "queue"}
UNKNOWN = {"failures": 0, "error": "", "etag": "", "last_modified": ""}


@transaction.atomic
def add_feed(words: dict[str, Any], *, by: Any, at: datetime) -> Feed:
    """A feed, asked at once, looked after by whoever added it."""
    taken = RESERVED | set(Feed.objects.values_list("slug", flat=True))
    slug = free_slug(words["title"], taken, instead="feed", longest=LONGEST_SLUG)
    row = Feed(slug=slug, keeper=by, created_at=at, next_try_at=at)
    changes = written(row, words)
    store(row, wrong=FeedWrong, taken=FeedTaken)
    _note("feed.add", row, changes, by, at)
    ring(at=at, by=by)
    return row


@transaction.atomic
def change_feed(row: Feed, words: dict[str, Any], *, by: Any, at: datetime) -> Feed:
    """Other words or another address; what a host said of the old address is forgotten with it."""
    # Read anew: a round may have written into it since the page was opened.
    row = Feed.objects.select_for_update().get(pk=row.pk)
    if changes := written(row, words):
        if "address" in changes:
            written(row, {**UNKNOWN, "next_try_at": at})
        store(row, wrong=FeedWrong, taken=FeedTaken)
        _note("feed.change", row, changes, by, at)
    return row


@transaction.atomic
def pause(row: Feed, *, by: Any, at: datetime) -> None:
    """Ask it no more until somebody says so."""
    running = Feed.objects.filter(pk=row.pk, paused_at=None)
    if not running.update(paused_at=at, pause=Feed.Pause.PERSON):
        raise FeedStands(_("This feed is paused already."))
    _note("feed.pause", row, {}, by, at)


@transaction.atomic
def resume(row: Feed, *, by: Any, at: datetime) -> None:
    """Ask it again, now, as if nothing had been wrong. Whoever does so looks after it."""
    paused = Feed.objects.filter(pk=row.pk, paused_at__isnull=False)
    again = {"paused_at": None, "pause": "", "keeper": by, "next_try_at": at}
    if not paused.update(**again, failures=0, error=""):
        raise FeedStands(_("This feed is not paused."))
    _note("feed.resume", row, {}, by, at)
    ring(at=at, by=by)


@transaction.atomic
def ask_now(row: Feed, *, by: Any, at: datetime) -> None:
    """Do not wait for its time. Refused while it is paused."""
    if not Feed.objects.filter(pk=row.pk, paused_at=None).update(next_try_at=at):
        raise FeedStands(_("This feed is paused: let it run again first."))
    ring(at=at, by=by)


def ring(*, at: datetime, by: Any = None) -> bool:
    """Start a round if a feed is due. While one runs, that one is the answer."""
    is_due = Feed.objects.due(at).exists()
    if is_due:
        jobs.enqueue("feeds.round", at=at, by=by)
    return is_due


@transaction.atomic
def decide(uuid: UUID, state: str, *, seen: str, by: Any, at: datetime) -> None:
    """Accept or refuse an item, or put it back into the queue; refused where it moved meanwhile."""
    row = Item.objects.select_for_update().filter(uuid=uuid, state=seen).first()
    if row is None:
        raise ItemDecided(_("Somebody else decided about this one meanwhile. Look again."))
    match state:
        case Item.State.ACCEPTED:
            accept(row, by=by, at=at)
        case Item.State.REFUSED:
            row.state, row.decided_by, row.decided_at = Item.State.REFUSED, by, at
        case _:
            row.state, row.decided_by, row.decided_at = Item.State.NEW, None, None
    row.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(
        "item.decide", at=at, by=by, of=("item", str(row.uuid)), changes={"state": [seen, state]}
    )


def accept(item: Item, *, by: Any, at: datetime) -> None:
    """Give an item to the public. By nobody: its feed is trusted. Not saved yet.

    A keeper of the library makes a document of it (`library.items`), once.
    """
    item.state, item.decided_by, item.decided_at = Item.State.ACCEPTED, by, at


def _note(verb: str, row: Feed, changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=("feed", row.slug), changes=changes)
