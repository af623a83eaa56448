"""What jobs hold of a person: who asked for one, and what it says of its work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, MENDED, hold, part

part("jobs", _("Work in the background"), _("So that you see how far what you asked for is."))

hold(
    "partnership.Job",
    {
        "requested_by": CUT,
        **dict.fromkeys(("payload", "result", "sentence", "error"), MENDED),
    },
    whose=("requested_by",),
    part="jobs",
    told=("kind", "state", "created_at", "finished_at"),
)
