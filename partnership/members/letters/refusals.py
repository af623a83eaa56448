"""What is refused of letters. Each is a sentence for whoever asked."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class CircleClosed(Refusal):
    """This person may not write to these people today."""

    code = "circle_closed"


class NoDraft(Refusal):
    """Only a draft is changed, sent or thrown away; somebody else may have sent it meanwhile."""

    code = "no_draft"


class GroupChanged(Refusal):
    """The people or the words are others than those that were looked at."""

    code = "group_changed"


class NobodyMeant(Refusal):
    """The filter fits nobody who can be written to."""

    code = "nobody_meant"


class NotBeingSent(Refusal):
    """There is nothing to stop, or to go on with."""

    code = "not_being_sent"
