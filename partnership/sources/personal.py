from __future__ import annotations

from partnership.lib.personal import CUT, STAYS, hold

PUBLISHED = "What a published source says of its own authors."

hold("partnership.Source", {"authors": STAYS}, why=PUBLISHED)
hold(
    "partnership.DatedFact",
    {"checked_by": CUT, "attributed_to": STAYS},
    why="That a figure was checked stays, by whom goes. " + PUBLISHED,
)
