"""What a feed said becomes rows: each page once, whatever it is called this time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from partnership.information.feeds.reading import MOST_ENTRIES, Entry
from partnership.information.feeds.services import accept
from partnership.information.models import Feed, Item

KEYS = ("identity", "address_key", "content_key")
WORDS = ("title", "summary", "address", "published_at", *KEYS)
# A feed that dates its news later than this is not believed.
AHEAD = timedelta(days=1)
# Of one feed, before somebody looks at them.
MOST_WAITING = 400


class Known:
    """The items that are there: found by any key that says that two are the same page."""

    def __init__(self, feed: Feed, rows: Iterable[Item]):
        self._feed = feed
        self._by: dict[tuple[str, str], Item] = {}
        for row in rows:
            self.note(row)

    def note(self, row: Item) -> None:
        # An address is one page for all feeds; ids and words are those of one.
        names = KEYS if row.feed_id == self._feed.pk else ("address_key",)
        for name in names:
            if value := getattr(row, name):
                self._by.setdefault((name, value), row)

    def of(self, entry: Entry) -> Item | None:
        found = (self._by.get((name, getattr(entry, name))) for name in KEYS)
        return next((row for row in found if row), None)

    def holder(self, name: str, value: str) -> Item | None:
        return self._by.get((name, value))


def take(feed: Feed, entries: list[Entry], *, at: datetime) -> tuple[int, int]:
    """Write what is new, and what was written anew; how many are new, and how many found no room.

    Rows that a person decided on stay as they were read.
    """
    known = Known(feed, _rows(feed, entries))
    made: list[Item] = []
    changed: dict[int, Item] = {}
    for entry in entries:
        row = known.of(entry)
        if row is None:
            made.append(_made(feed, entry, at))
            known.note(made[-1])
        elif row.pk and row.feed_id == feed.pk and _is_open(row) and _rewritten(row, entry, known):
            changed[row.pk] = row
    room = _room(feed)
    Item.objects.bulk_create(made[:room])
    Item.objects.bulk_update(changed.values(), WORDS)
    return len(made[:room]), len(made[room:])


def _room(feed: Feed) -> int:
    """A feed cannot bury the queue: what finds no room is told again next time."""
    if feed.is_trusted:
        return MOST_ENTRIES
    return max(MOST_WAITING - feed.items.waiting().count(), 0)


def _rows(feed: Feed, entries: list[Entry]) -> Iterable[Item]:
    keys = {name: {getattr(entry, name) for entry in entries} - {""} for name in KEYS}
    own = Q(identity__in=keys["identity"]) | Q(content_key__in=keys["content_key"])
    return Item.objects.filter(Q(own, feed=feed) | Q(address_key__in=keys["address_key"]))


def _is_open(row: Item) -> bool:
    """Nobody has judged these words yet; what a person accepted stays what was accepted."""
    return row.decided_by_id is None and row.state != Item.State.REFUSED


def _made(feed: Feed, entry: Entry, at: datetime) -> Item:
    row = Item(feed=feed, found_at=at)
    for name in WORDS:
        setattr(row, name, getattr(entry, name))
    row.published_at = _believed(entry, at)
    if feed.is_trusted:
        accept(row, by=None, at=at)
    return row


def _believed(entry: Entry, at: datetime) -> datetime | None:
    day = entry.published_at
    return None if day is None or day > at + AHEAD or day.year < 1990 else day


def _rewritten(row: Item, entry: Entry, known: Known) -> bool:
    """Take over other words, and each key that no other row holds."""
    wanted = {name: getattr(entry, name) for name in ("title", "summary")}
    wanted["published_at"] = _believed(entry, row.found_at)
    for name in KEYS:
        value = getattr(entry, name)
        if value and known.holder(name, value) is None:
            wanted[name] = value
    if "address_key" in wanted:
        wanted["address"] = entry.address
    before = {name: getattr(row, name) for name in wanted}
    for name, value in wanted.items():
        setattr(row, name, value)
    known.note(row)
    return before != wanted
