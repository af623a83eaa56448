from __future__ import annotations

from partnership.lib.personal import CUT, hold

hold("partnership.Feed", {"keeper": CUT}, why="That it is looked after stays, by whom goes.")
hold("partnership.Item", {"decided_by": CUT}, why="That it was decided stays, by whom goes.")
