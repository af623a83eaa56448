"""What the services of the bank refuse."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal


class NotWhole(Refusal):
    """A question that cannot be asked as it stands."""

    code = "question_not_whole"


class KeyTaken(Refusal):
    """Another question of the course has this key."""

    code = "key_taken"


class ChangedMeanwhile(Refusal):
    """Somebody else wrote a newer version since the page was opened."""

    code = "changed_meanwhile"

    @classmethod
    def told(cls) -> ChangedMeanwhile:
        return cls(
            _("Somebody else changed this question. Yours is below; look at the other first.")
        )


class NotNow(Refusal):
    """The import is at another step."""

    code = "not_now"


class NoRoom(Refusal):
    """The disk is full."""

    code = "no_room"


class NotADraft(Refusal):
    """The edition was published meanwhile: it does not change any more."""

    code = "not_a_draft"


class NotToBeAsked(Refusal):
    """A question that this quiz cannot take."""

    code = "not_to_be_asked"


class TooMany(Refusal):
    """More questions than a file holds that could be taken in again."""

    code = "too_many_questions"
