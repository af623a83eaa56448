from __future__ import annotations

import pytest

from partnership.jobs.tasks import run_job
from partnership.mail.tasks import deliver
from partnership.members.imports import tasks


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers are known, and nobody waits for a broker that no test of these needs."""
    assert tasks.try_sheet
    for task in (run_job, deliver):
        monkeypatch.setattr(task, "apply_async", lambda *_args, **_options: None)
