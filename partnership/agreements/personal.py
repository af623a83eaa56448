from __future__ import annotations

from partnership.lib.personal import CUT, MENDED, hold

for name in ("ApproachLine", "AuthorizationLine"):
    hold(
        f"partnership.{name}",
        {"checked_by": CUT, "reason": MENDED},
        why="That it was checked, or put right, stays; by whom goes.",
    )
hold(
    "partnership.AgreementStage",
    {"checked_by": CUT, "reason": MENDED},
    why="That it was checked, or put right, stays; by whom goes.",
)
