"""What the services of remarks refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class TooManyRemarks(Refusal):
    """This address has enough mails of ours for now."""

    code = "too_many_remarks"


class RemarkEnded(Refusal):
    """Somebody else answered or closed it meanwhile."""

    code = "remark_ended"


class RemarkTooOld(Refusal):
    """The link was not used in its day."""

    code = "remark_too_old"
