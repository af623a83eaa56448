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
hold(
    "partnership.AgreementVersion",
    {"made_by": CUT, "reason": MENDED, "told": MENDED},
    why="What the register said, when and why it changed stays; by whom goes.",
    only_addresses=True,
)
hold(
    "partnership.PartyStatement",
    {"made_by": CUT, "reason": MENDED},
    why="What a Party said of the register stays with its day; who wrote it for it goes.",
    only_addresses=True,
)
