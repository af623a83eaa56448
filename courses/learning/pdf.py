"""Certificates and training records on paper, drawn whenever somebody asks for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from courses.learning.lettering import SANS, letter
from courses.learning.models import Certificate
from courses.learning.typesetting import ACCENT, SOFT, drawn, lettered, qr_code
from partnership.lib import numbers

# Points between the margins: of a certificate, of a record, of the first column of its tables.
CERTIFICATE, RECORD, COLUMN = 700, 480, 150
# A long name is set smaller rather than broken: letters, and points for up to so many.
SIZES = ((24, 36), (36, 28), (60, 21))
SMALLEST = 15


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as its row says, in its language."""
    with translation.override(certificate.language):
        return drawn("certificate", _certificate(certificate))


def _certificate(certificate: Certificate) -> dict[str, Any]:
    address = settings.SITE_ADDRESS + certificate.get_absolute_url()
    issued = certificate.issued_at.date()
    return {
        **_about(_("Certificate of completion"), issued),
        **_names(certificate.name, certificate.latin_name, CERTIFICATE),
        "title": _("Certificate %(code)s") % {"code": certificate.shown_code},
        "issued_by": lettered(certificate.issuer, 12, CERTIFICATE, ink=ACCENT),
        "state": "" if certificate.state == Certificate.State.VALID else _ended(certificate),
        "sentence": _("has completed the course"),
        "course": lettered(certificate.course_title, 21, CERTIFICATE),
        "facts": [
            [
                _("Course"),
                f"{certificate.course_code}, {_('edition')} {certificate.edition_number}",
            ],
            [_("Hours of learning"), numbers.shown(certificate.hours)],
            [_("Issued on"), formats.date_format(issued, "j F Y")],
            [_("Rules as of"), formats.date_format(certificate.rules_as_of, "j F Y")],
        ],
        "check": _("Anyone can check this certificate, without signing in, at"),
        "address": address,
        "code": certificate.shown_code,
        "logo": list(certificate.logo.picture) if certificate.logo else None,
        "logo_alt": certificate.logo.partner if certificate.logo else "",
        "qr": qr_code(address),
        "qr_alt": _("A square code that leads to %(address)s") % {"address": address},
    }


def _ended(certificate: Certificate) -> str:
    if certificate.state == Certificate.State.REPLACED:
        return _("Not valid: replaced by another certificate.")
    return _("Not valid: withdrawn.")


def record_pdf(record: dict[str, Any]) -> bytes:
    """A training record: `name`, `latin_name`, `issuer`, `on`, `parts` with rows of texts."""
    today = formats.date_format(record["on"], "j F Y")
    context = {
        **_about(_("Training record"), record["on"]),
        **_names(record["name"], record["latin_name"], RECORD),
        "issued_by": lettered(record["issuer"], 10, RECORD, ink=ACCENT),
        "drawn_on": _("As it stood on %(day)s.") % {"day": today},
        "page_of": _("Page {page} of {pages}"),
        "parts": [
            {**part, "rows": [_row(row) for row in part["rows"]]} for part in record["parts"]
        ],
    }
    return drawn("record", context)


def _row(cells: list[str]) -> list[dict[str, Any]]:
    return [lettered(cell, 9.5, COLUMN, base=SANS) for cell in cells]


def _about(title: str, on: date) -> dict[str, Any]:
    """What every paper says of itself: title, date, language, direction."""
    language = (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return {
        "title": title,
        "heading": title,
        "date": [on.year, on.month, on.day],
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "issuer": _("Article 6 Implementation Partnership"),
    }


def _names(name: str, latin_name: str, room: int) -> dict[str, Any]:
    """The name as its bearer writes it and in Latin letters, as far as our fonts can set them.

    When a letter of the first is in none of them the Latin name stands alone, and a line says so.
    """
    is_set = letter(name) is not None
    first = name if is_set else latin_name or name
    has_second = is_set and latin_name not in ("", name)
    note = _(
        "The register also keeps the name in its own script. A letter of it is missing in the "
        "fonts of this paper."
    )
    return {
        "name": lettered(first, _size(first), room),
        "second_name": lettered(latin_name, 17, room, ink=SOFT) if has_second else None,
        "note": "" if is_set else note,
    }


def _size(name: str) -> int:
    return next((points for letters, points in SIZES if len(name) <= letters), SMALLEST)
