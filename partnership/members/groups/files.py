"""What a document of a working group is: told by its bytes, never by its name."""

from __future__ import annotations

import zipfile
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from partnership.members.models import GroupDocument
from partnership.members.refusals import FileRefused

MOST_BYTES = 10_000_000
# More parts than any text or slides have: a listing that is made to be long.
MOST_PARTS = 5_000
Kind = GroupDocument.Kind
OFFICE = {"word/": Kind.DOCX, "xl/": Kind.XLSX, "ppt/": Kind.PPTX}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
}
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{kind: media_type.decode() for media_type, kind in OPEN_DOCUMENT.items()},
}


def kind_of(file: File[Any]) -> GroupDocument.Kind:
    """PDF, or an office file without macros; anything else is refused with a sentence."""
    if not 0 < (file.size or 0) <= MOST_BYTES:
        raise FileRefused(_("A document has at most 10 MB and is not empty."))
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return Kind.PDF
    found = _kind_of_package(file) if head[:4] == b"PK\x03\x04" else None
    file.seek(0)
    if found is None:
        raise FileRefused(
            _("A document is a PDF, DOCX, XLSX, PPTX, ODT, ODS or ODP file. This is another.")
        )
    return found


def _kind_of_package(file: File[Any]) -> GroupDocument.Kind | None:
    """Its parts are listed, none but the short one that names the kind is unpacked."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS:
                return None
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefused(_("This file holds macros. Save it without them and try again."))
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    return OPEN_DOCUMENT.get(part.read(100))
            if "[Content_Types].xml" not in names:
                return None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return next(
        (kind for folder, kind in OFFICE.items() if any(n.startswith(folder) for n in names)), None
    )
