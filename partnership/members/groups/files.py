"""What a document of a working group is: told by its bytes, never by its name."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from partnership.lib.packages import MEDIA_TYPES, HoldsMacros, kind_of_package
from partnership.members.models import GroupDocument
from partnership.members.refusals import FileRefused

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "Kind", "kind_of"]

MOST_BYTES = 10_000_000
Kind = GroupDocument.Kind


def kind_of(file: File[Any]) -> GroupDocument.Kind:
    """PDF, or an office file without macros; anything else is refused with a sentence."""
    if not 0 < (file.size or 0) <= MOST_BYTES:
        raise FileRefused(_("A document has at most 10 MB and is not empty."))
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return Kind.PDF
    try:
        found = kind_of_package(file) if head[:4] == b"PK\x03\x04" else ""
    except HoldsMacros:
        text = _("This file holds macros. Save it without them and try again.")
        raise FileRefused(text) from None
    file.seek(0)
    if not found:
        raise FileRefused(
            _("A document is a PDF, DOCX, XLSX, PPTX, ODT, ODS or ODP file. This is another.")
        )
    return Kind(found)
