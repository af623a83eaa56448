from __future__ import annotations

from typing import Any

from partnership.jobs.kinds import Steps, handles


@handles("imports.try")
def try_sheet(steps: Steps) -> dict[str, Any]:
    """What a sheet would change. Nothing is written but the import's own rows."""
    from partnership.lib import clock
    from partnership.members.imports import working

    return working.look(steps, at=clock.now())


@handles("imports.apply")
def take_sheet_in(steps: Steps) -> dict[str, Any]:
    """Write what was shown. Killed and run again it goes on where it stopped."""
    from partnership.lib import clock
    from partnership.members.imports import working

    return working.take_in(steps, at=clock.now())


@handles("imports.undo")
def take_sheet_back(steps: Steps) -> dict[str, Any]:
    """Put back what an import changed, for seven days."""
    from partnership.lib import clock
    from partnership.members.imports import working

    return working.take_back(steps, at=clock.now())
