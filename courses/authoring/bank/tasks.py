from __future__ import annotations

from typing import Any

from partnership.jobs.kinds import Steps, handles


@handles("questions.read")
def read_questions(steps: Steps) -> dict[str, Any]:
    """Read a file of questions. Nothing is written but the import's own rows."""
    from courses.authoring.bank.services import imports

    return imports.look(steps)
