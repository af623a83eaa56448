"""Why something is not done to a draft."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class NotADraft(Refusal):
    """It is published by now, and stays as it is."""

    code = "edition_published"


class NotThere(Refusal):
    """Somebody else removed it, or it cannot go where it was sent."""

    code = "not_in_the_draft"


class TooMuch(Refusal):
    """More than a course has use for, or more than one lesson can hold."""

    code = "too_much"


class CodeTaken(Refusal):
    """Another course has this code."""

    code = "code_taken"
