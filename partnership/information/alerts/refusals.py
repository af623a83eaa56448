"""What following can be refused for."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class NothingToFollow(Refusal):
    """It is not there, or not for everybody."""

    code = "nothing_to_follow"


class TooMuchFollowed(Refusal):
    """One mail has room for so many things."""

    code = "too_much_followed"
