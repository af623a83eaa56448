"""What the services of feeds refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class FeedWrong(Refusal):
    """What was written cannot be, or is there already."""

    code = "feed_wrong"


class FeedTaken(Refusal):
    """Somebody else wrote the same at the same moment."""

    code = "feed_taken"


class FeedStands(Refusal):
    """It is paused, or runs, already."""

    code = "feed_stands"


class ItemDecided(Refusal):
    """Somebody else decided meanwhile."""

    code = "item_decided"
