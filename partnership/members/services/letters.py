"""Official letters: taken by what they are, not by their name, kept where no address leads."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.lib.storage import stored
from partnership.members.delegations import Delegation, delegation_of, is_secretariat
from partnership.members.models import OfficialLetter
from partnership.members.refusals import FileRefused, NotYours

MOST_BYTES = 10_000_000
KINDS = {
    b"%PDF-": OfficialLetter.Kind.PDF,
    b"\x89PNG\r\n\x1a\n": OfficialLetter.Kind.PNG,
    b"\xff\xd8\xff": OfficialLetter.Kind.JPEG,
}
ENDINGS = {
    OfficialLetter.Kind.PDF: "pdf",
    OfficialLetter.Kind.PNG: "png",
    OfficialLetter.Kind.JPEG: "jpg",
}


def kind_of(head: bytes) -> OfficialLetter.Kind:
    """What a file is by its first bytes."""
    for mark, kind in KINDS.items():
        if head.startswith(mark):
            return kind
    raise FileRefused(_("A letter is a PDF, PNG or JPEG file. This one is something else."))


def store_letter(
    file: File[Any], delegation: Delegation, *, written_on: date, by: Any, at: datetime
) -> OfficialLetter:
    """Keep the file under a key of ours, then its row; without the row the file goes too."""
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat stores letters."))
    if not 0 < (file.size or 0) <= MOST_BYTES:
        raise FileRefused(_("A letter has at most 10 MB and is not empty."))
    content = file.read(MOST_BYTES + 1)
    kind = kind_of(content[:16])
    file.seek(0)
    with stored(file, f"letters/{uuid4().hex}", no_room=FileRefused) as key, transaction.atomic():
        letter = OfficialLetter.objects.create(
            key=key,
            kind=kind,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            name=" ".join((file.name or "letter").split())[:150],
            written_on=written_on,
            stored_at=at,
            stored_by=by,
            **delegation.where,
        )
        changes = {"of": [None, delegation_of(letter).handle], "sha256": [None, letter.sha256]}
        audit.record("letter.store", at=at, by=by, of=("letter", str(letter.uuid)), changes=changes)
    return letter
