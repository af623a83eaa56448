from __future__ import annotations

from typing import Any

from partnership.jobs.kinds import Steps, handles


@handles("parcels.read")
def read_parcel(steps: Steps) -> dict[str, Any]:
    """Read a document. Nothing is written but the parcel's own row and its clean pictures."""
    from courses.authoring.parcels import services

    return services.look(steps)
