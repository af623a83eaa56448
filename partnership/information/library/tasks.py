from __future__ import annotations

from typing import Any

from partnership.jobs.kinds import Steps, handles


@handles("library.draw")
def draw_text(steps: Steps) -> dict[str, Any]:
    """Draw the text out of one file. Whatever the file is, this comes to an end."""
    from partnership.information.library import working

    return working.draw(steps)


@handles("library.fetch")
def fetch_file(steps: Steps) -> dict[str, Any]:
    """Fetch the file of one document from its address. Whatever lies there, this ends in time."""
    from partnership.information.library import fetching

    return fetching.bring(steps)


@handles("library.index")
def write_entries(steps: Steps) -> dict[str, Any]:
    """Write what search finds of one document."""
    from partnership.information.library import entries

    steps.step(0, 1)
    return {"written": entries.write(steps.payload["document"])}
