"""What a stored fault says. Most of them are reasons of the client."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnership.information.feeds.reading import NotAFeed
from partnership.lib import outbound

STATUS = "status_"


def of_status(status: int) -> str:
    return f"{STATUS}{status}"


def sentence_of(code: str) -> str:
    """In the reader's language."""
    if code == NotAFeed.code:
        return _("What the host sent is no feed: neither Atom nor RSS, or not well-formed.")
    if code.startswith(STATUS):
        status = code.removeprefix(STATUS)
        match status:
            case "404":
                return _("There is nothing at this address (404).")
            case "410":
                return _("The host says that the feed is gone for good (410).")
            case "401" | "403":
                return _("The host does not let us in (%(status)s).") % {"status": status}
        return _("The host answered with the status %(status)s.") % {"status": status}
    return outbound.sentence_of(code)
