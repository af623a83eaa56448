"""What the services of case studies refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class NotOpen(Refusal):
    """The proposal is handed in, published or set aside: its text does not change now."""

    code = "case_not_open"


class NotHandedIn(Refusal):
    """Only what was handed in is answered, and only once."""

    code = "case_not_handed_in"


class Unfinished(Refusal):
    """Something is missing or wrong; the form says what."""

    code = "case_unfinished"


class OwnText(Refusal):
    """Nobody publishes what they proposed or wrote."""

    code = "case_own_text"


class TextMoved(Refusal):
    """Another text stands by now than the one that was looked at."""

    code = "case_text_moved"


class BeingWritten(Refusal):
    """The next version of this case is being written already."""

    code = "case_being_written"


class AddressTaken(Refusal):
    """Another case of this title was published at the same moment."""

    code = "case_address_taken"


class TooLong(Refusal):
    """More than a case study can be."""

    code = "case_too_long"


class NotThere(Refusal):
    """It was decided already, or never was."""

    code = "case_not_there"
