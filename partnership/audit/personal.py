"""What the log of changes holds of a person: an opaque key, which later names nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import STAYS, hold, part

part("audit", _("Log of changes"), _("So that what was done with rights can be explained later."))

hold(
    "partnership.AuditEntry",
    dict.fromkeys(("actor", "key", "changes"), STAYS),
    by_uuid=("actor",),
    part="audit",
    told=("at", "verb", "kind", "network"),
    why="The database refuses to change it. After an erasure its key of the person names nobody.",
)
