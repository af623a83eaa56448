from __future__ import annotations

from partnership.lib.personal import CUT, STAYS, hold

PUBLISHED = "What a published document says of its own authors, and its text as it was published."

hold("partnership.Feed", {"keeper": CUT}, why="That it is looked after stays, by whom goes.")
hold("partnership.Item", {"decided_by": CUT}, why="That it was decided stays, by whom goes.")
hold("partnership.Document", {"authors": STAYS}, why=PUBLISHED)
hold(
    "partnership.DocumentVersion",
    {"added_by": CUT},
    why="That a version was added stays, by whom goes.",
)
hold("partnership.Passage", {"text": STAYS}, why=PUBLISHED)
