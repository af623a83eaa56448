"""What the services of delegations refuse. Each is a sentence for whoever asked."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class AddressWrong(Refusal):
    """This is no mail address."""

    code = "address_wrong"


class NotYours(Refusal):
    """Who asks does not run this delegation today, or may not give this role."""

    code = "not_yours"


class SecondPersonNeeded(Refusal):
    """Nobody decides on the own request, term or handover."""

    code = "second_person_needed"


class InvitationOver(Refusal):
    """Used, withdrawn, replaced or too old."""

    code = "invitation_over"


class InviterGone(Refusal):
    """Who invited no longer runs the delegation, or can no longer sign in."""

    code = "inviter_gone"


class InvitationCodeWrong(Refusal):
    """The same words for a wrong code, an unknown address and a code tried too often."""

    code = "invitation_code_wrong"


class SignInNeeded(Refusal):
    """This link does not prove an address: it is accepted by somebody who is signed in."""

    code = "sign_in_needed"


class NameMissing(Refusal):
    """The address has no account yet: a name makes one."""

    code = "name_needed"


class AccountIsClosed(Refusal):
    code = "account_closed"


class TooOften(Refusal):
    code = "too_often"


class AlreadyAnswered(Refusal):
    """Somebody else was quicker."""

    code = "already_answered"


class AlreadyAsked(Refusal):
    code = "already_asked"


class AlreadyThere(Refusal):
    """The person holds this post or this function already."""

    code = "already_there"


class DayWrong(Refusal):
    """The day lies before the line begins, or in a time that cannot be."""

    code = "day_wrong"


class NothingToUndo(Refusal):
    code = "nothing_to_undo"


class FileRefused(Refusal):
    """Not a file that is kept here: of another kind, empty, too large, or there is no room."""

    code = "file_refused"


class TextChanged(Refusal):
    """The text is not the one that was read."""

    code = "text_changed"


class DomainRefused(Refusal):
    code = "domain_refused"
