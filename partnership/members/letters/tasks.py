from __future__ import annotations

from typing import Any

from partnership.jobs.kinds import Steps, handles


@handles("letters.send")
def send_letter(steps: Steps) -> dict[str, Any]:
    """Write to everybody a letter is for. Killed and run again it goes on where it stopped."""
    from partnership.lib import clock
    from partnership.members.letters import working

    return working.send(steps, at=clock.now())
