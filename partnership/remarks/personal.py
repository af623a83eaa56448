"""What remarks hold of a person: who asked and answered; what was said of a fact stays."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, EMPTIED, MENDED, hold, part

part(
    "remarks", _("What you said is wrong here"), _("So that it is looked at and answered by mail.")
)
hold(
    "partnership.Remark",
    {"by": CUT, "email": EMPTIED, "text": MENDED, "answer": MENDED, "sentence": MENDED},
    whose=("by",),
    by_address=("email",),
    part="remarks",
    told=("sentence", "text", "email", "asked_at", "state", "answer", "ended_at"),
)
hold("partnership.Remark", {"ended_by": CUT}, why="That it was answered stays, by whom goes.")
