from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, GOES, STAYS, hold, part

PUBLISHED = "What a published document says of its own authors, and its text as it was published."

part("alerts", _("What you follow"), _("To mail you what is new in it, each thing once."))

hold(
    "partnership.Alert",
    dict.fromkeys(("person", "key"), GOES),
    whose=("person",),
    part="alerts",
    told=("kind", "key", "narrowed", "texts", "since"),
)
hold(
    "partnership.Digest",
    {"person": GOES},
    whose=("person",),
    part="alerts",
    told=("rhythm", "since", "next_at"),
)
hold(
    "partnership.DigestHit",
    {"person": GOES},
    whose=("person",),
    part="alerts",
    told=("kind", "key", "at"),
)
hold("partnership.Feed", {"keeper": CUT}, why="That it is looked after stays, by whom goes.")
hold("partnership.Item", {"decided_by": CUT}, why="That it was decided stays, by whom goes.")
hold("partnership.Document", {"authors": STAYS}, why=PUBLISHED)
hold(
    "partnership.DocumentVersion",
    {"added_by": CUT},
    why="That a version was added stays, by whom goes.",
)
hold("partnership.Passage", {"text": STAYS}, why=PUBLISHED)
