"""What the services of the register refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class LineWrong(Refusal):
    """What was written does not fit together, or the source says it in another line already."""

    code = "line_wrong"


class LineTaken(Refusal):
    """Somebody else wrote the same at the same moment."""

    code = "line_taken"


class AlreadyConfirmed(Refusal):
    """The line was read in a source already, or was put right meanwhile."""

    code = "already_confirmed"


class AlreadyCorrected(Refusal):
    """Somebody else put the line right meanwhile."""

    code = "already_corrected"


class NotYetConfirmed(Refusal):
    """Only what was read in a source can be checked again."""

    code = "not_yet_confirmed"


class NotOfThatParty(Refusal):
    """Only the two Parties of an agreement confirm or contest it."""

    code = "not_of_that_party"


class PairIsThere(Refusal):
    """The pair has an agreement, and nobody said that this is a further one."""

    code = "pair_is_there"


class NothingPutRight(Refusal):
    """The new line says what the old one says."""

    code = "nothing_put_right"
