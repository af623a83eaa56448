"""What a stored fault says. Most of them are reasons of the client."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.information.feeds.reading import NotAFeed
from partnership.lib import outbound

STATUS = "status_"
CLOSED = gettext_lazy("The host does not let us in (its status is 401 or 403).")
OWN: dict[str, Any] = {
    NotAFeed.code: gettext_lazy(
        "What the host sent is no feed: neither Atom nor RSS, or not well-formed."
    ),
    "soft_404": gettext_lazy("The page answers, but says that what was asked for is not there."),
    f"{STATUS}404": gettext_lazy("There is nothing at this address (404)."),
    f"{STATUS}410": gettext_lazy("The host says that it is gone for good (410)."),
    f"{STATUS}401": CLOSED,
    f"{STATUS}403": CLOSED,
}


def of_status(status: int) -> str:
    return f"{STATUS}{status}"


def sentence_of(code: str) -> str:
    """In the reader's language."""
    if code in OWN:
        return str(OWN[code])
    if code.startswith(STATUS):
        status = code.removeprefix(STATUS)
        return _("The host answered with the status %(status)s.") % {"status": status}
    return outbound.sentence_of(code)
