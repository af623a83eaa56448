from __future__ import annotations

from partnership.lib.personal import CUT, hold

hold(
    "partnership.CaseStudy",
    {"checked_by": CUT},
    why="That it was checked stays, by whom goes.",
)
