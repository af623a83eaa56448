"""What is refused around the reading, approving and publishing of a draft."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class NotToBeAsked(Refusal):
    """A colleague who may not read drafts, or somebody asked to read their own."""

    code = "not_to_be_asked"


class NotOurs(Refusal):
    """Only whoever asked, or whose comment it is, may do this."""

    code = "not_yours"


class ThreadGone(Refusal):
    """There is no such comment on this draft."""

    code = "comment_gone"


class AnsweredMeanwhile(Refusal):
    """Somebody has said something that was not seen yet."""

    code = "answered_meanwhile"


class TextChanged(Refusal):
    """The draft is not the text any more that was looked at."""

    code = "text_changed"


class OwnText(Refusal):
    """Who wrote in a draft does not approve it."""

    code = "own_text"


class NoSuchMoment(Refusal):
    """A time that does not lie ahead, or that no clock there will show."""

    code = "no_such_moment"


class NothingPlanned(Refusal):
    """The draft is not waiting to be published."""

    code = "nothing_planned"


class NotSpelling(Refusal):
    """More than a mistake of spelling, or another number without a reason for it."""

    code = "not_spelling"


class NotPublished(Refusal):
    """Only what is published can be withdrawn, brought back or run again."""

    code = "edition_not_published"
