"""Looking up the code of a certificate, for the check page and the API alike."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from courses.learning import throttle
from courses.learning.models import Certificate


class TooFast(Exception):
    """Very many wrong codes came from one network within a minute."""


def look_up(request: HttpRequest, code: str | None, at: datetime) -> Certificate | None:
    """What stands under a code that was read; none, and one try more, where nothing stands.

    `code` is None for what can be no code. Raises TooFast.
    """
    if throttle.is_too_fast(request, at):
        raise TooFast
    rows = Certificate.objects.select_related("replaced_by", "edition__course", "logo")
    rows = rows.defer("logo__picture")
    found = rows.filter(code=code).first() if code else None
    if found is None:
        throttle.note_wrong(request, at)
    return found


def shows_name(certificate: Certificate, asked: str | None) -> bool:
    """A hidden name is shown to who says that the holder gave them the code."""
    return asked == "shown" or not certificate.is_name_hidden
