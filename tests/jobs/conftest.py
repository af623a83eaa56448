from __future__ import annotations

import pytest

from partnership.jobs.kinds import HANDLERS, Handler
from partnership.jobs.tasks import run_job


@pytest.fixture
def bell(monkeypatch) -> list[int]:
    """A broker that takes every message: the jobs it was rung for."""
    rung: list[int] = []
    monkeypatch.setattr(run_job, "apply_async", lambda args, **options: rung.append(args[0]))
    return rung


@pytest.fixture
def handle(monkeypatch):
    """Let a function do the jobs of the kind `jobs.trial`."""

    def use(handler: Handler) -> None:
        monkeypatch.setitem(HANDLERS, "jobs.trial", handler)

    return use
