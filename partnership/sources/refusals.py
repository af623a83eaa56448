"""What the services of sources and facts refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class RowWrong(Refusal):
    """What was written does not fit together, or is there already."""

    code = "row_wrong"


class RowTaken(Refusal):
    """Somebody else wrote the same at the same moment."""

    code = "row_taken"


class ValueTooOld(Refusal):
    """A newer value cannot hold for a day before the one that it follows."""

    code = "value_too_old"


class FigureMoved(Refusal):
    """Somebody else wrote a newer value of the figure meanwhile."""

    code = "figure_moved"
