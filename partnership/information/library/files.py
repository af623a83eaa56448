"""What a file of the library is, and how it is given to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404, StreamingHttpResponse
from django.utils.translation import gettext as _

from partnership.information.drawing.limits import Limits
from partnership.information.library.refusals import FileRefused
from partnership.information.models import DocumentVersion
from partnership.lib.packages import MEDIA_TYPES, HoldsMacros, kind_of_package

MOST_BYTES = Limits().bytes
Kind = DocumentVersion.FileKind
PACKAGES = {Kind.DOCX, Kind.PPTX, Kind.XLSX}
TEXTS = {".html": Kind.HTML, ".htm": Kind.HTML, ".csv": Kind.CSV, ".tsv": Kind.CSV}
TYPES = {**MEDIA_TYPES, "html": "text/html", "csv": "text/csv"}
LOOKED_AT = 8192
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def kind_of(file: File[Any], name: str) -> str:
    """By its bytes; a page or a list, which have none of their own, also by its name."""
    if not 0 < (file.size or 0) <= MOST_BYTES:
        raise FileRefused(_("A file has at most 200 MB and is not empty."))
    file.seek(0)
    head = file.read(LOOKED_AT)
    file.seek(0)
    found = _by_head(file, head) or _by_name(head, name)
    file.seek(0)
    if not found:
        raise FileRefused(
            _("The library keeps PDF, DOCX, PPTX, XLSX, HTML and CSV files. This is another.")
        )
    return found


def _by_head(file: File[Any], head: bytes) -> str:
    # Some programs write a few bytes of their own before the mark.
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        found = kind_of_package(file)
    except HoldsMacros:
        text = _("This file holds macros. Save it without them and try again.")
        raise FileRefused(text) from None
    return found if found in PACKAGES else ""


def _by_name(head: bytes, name: str) -> str:
    kind = TEXTS.get(PurePath(name.lower()).suffix, "")
    is_text = b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if kind == Kind.HTML:
        return kind if is_text and b"<" in head else ""
    return kind if is_text else ""


def given(version: DocumentVersion) -> StreamingHttpResponse:
    """The file as it came, to be kept and never shown inside a page of ours."""
    if not default_storage.exists(version.key):
        raise Http404
    kind = TYPES[version.file_kind]
    response = StreamingHttpResponse(_bits(version.key), content_type=kind)
    name = f"{version.document.slug}-{version.number}.{version.file_kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = str(version.size)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bits(key: str) -> Iterator[bytes]:
    """Opened only when somebody takes the first of them: who asks for the head takes none."""
    with default_storage.open(key) as file:
        yield from file.chunks()
