"""The routes of feeds, who may use them, and where they lead."""

from __future__ import annotations

from tests.factories.feeds import FeedFactory, ItemFactory
from tests.site.editing import EDITORS

CLOSED = dict.fromkeys(("feeds:list", "feeds:add", "feeds:queue", "feeds:one"), EDITORS)
BOTH_WAYS = {"feeds:add", "feeds:queue", "feeds:one"}
ARGUMENTS = {"feeds:one": ["feed"]}


def make_rows() -> None:
    """A feed, something that waits, and something that everybody reads."""
    feed = FeedFactory(slug="feed")
    ItemFactory(feed=feed)
    ItemFactory(feed=feed, decided=True)
