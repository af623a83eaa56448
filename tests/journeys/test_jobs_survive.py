"""Jobs on the whole site: its own worker, killed in the middle, on both pairs of services."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from tests.journeys.whole import Visitor, WholeSite, until

pytestmark = pytest.mark.whole
ADMIN = "admin@demo.example"


@pytest.fixture(
    params=[
        pytest.param("site_on_sqlite", marks=pytest.mark.xdist_group("sqlite")),
        pytest.param("site", marks=[pytest.mark.redis, pytest.mark.xdist_group("learning")]),
    ]
)
def administrator(request: pytest.FixtureRequest) -> Visitor:
    visitor = Visitor(request.getfixturevalue(request.param))
    visitor.sign_in(ADMIN)
    return visitor


def newest_job(administrator: Visitor) -> dict[str, Any]:
    return administrator.json("/api/v1/jobs/")["results"][0]


def start_trial(administrator: Visitor) -> str:
    """Start the job that counts to twenty and wait until a worker counts."""
    administrator.post("/desk/jobs/try/", "/desk/jobs/")
    until(lambda: newest_job(administrator)["done"] >= 2, seconds=30)
    return newest_job(administrator)["uuid"]


def running_worker(site: WholeSite) -> list[int]:
    return until(lambda: site.children().get("worker"), seconds=20)  # type: ignore[return-value]


def test_a_job_whose_worker_was_killed_is_finished_once_within_a_minute(administrator: Visitor):
    uuid = start_trial(administrator)
    before = newest_job(administrator)["done"]

    for pid in running_worker(administrator.site):
        os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()

    def is_done() -> bool:
        return administrator.json(f"/api/v1/jobs/{uuid}/")["state"] == "done"

    until(is_done, seconds=60, every=0.7)

    job = administrator.json(f"/api/v1/jobs/{uuid}/")
    assert (job["done"], job["total"], job["error"]) == (20, 20, "")
    assert job["result"]["counted"] == 20
    assert before <= job["result"]["resumed_at"] <= before + 2
    assert time.monotonic() - killed < 60
    jobs = administrator.json("/api/v1/jobs/")["results"]
    assert [row["uuid"] for row in jobs if row["kind"] == "jobs.trial"].count(uuid) == 1
