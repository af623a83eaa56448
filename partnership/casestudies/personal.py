"""What case studies hold of a person: who proposed, wrote, said and decided; the texts stay."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, MENDED, hold, part

CASE = "A case study tells of countries and institutions; names in it are mended, the case stays."

part("cases", _("Case studies you proposed"), _("So that your text is not lost and is answered."))

hold(
    "partnership.CaseStudy",
    {"checked_by": CUT},
    why="That it was checked stays, by whom goes.",
)
hold(
    "partnership.CaseDraft",
    {"by": CUT},
    whose=("by",),
    part="cases",
    told=("title", "state", "begun_at", "handed_in_at", "decided_at"),
)
hold("partnership.CaseDraft", {"decided_by": CUT}, why="That it was decided stays, by whom goes.")
hold(
    "partnership.CaseSave",
    {"by": CUT, "words": MENDED},
    whose=("by",),
    part="cases",
    told=("draft__title", "words", "at"),
    why=CASE,
)
hold(
    "partnership.CaseComment",
    {"by": CUT, "text": MENDED},
    whose=("by",),
    part="cases",
    told=("draft__title", "text", "at"),
    why=CASE,
)
hold("partnership.CaseVersion", {"told": MENDED}, why=CASE, only_addresses=True)
