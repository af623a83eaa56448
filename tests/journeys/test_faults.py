"""Services that hang or are gone: what goes on, what waits, and that nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.error import HTTPError

import pytest

from tests.journeys.proxy import Line
from tests.journeys.whole import Visitor, WholeSite, until

pytestmark = [pytest.mark.whole, pytest.mark.redis, pytest.mark.xdist_group("learning")]
PATIENCE = 3.0


@pytest.fixture(params=["hang", "cut"])
def fault(request: pytest.FixtureRequest, redis_line: Line) -> Iterator[Callable[[], None]]:
    yield getattr(redis_line, request.param)
    redis_line.restore()


def seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def test_a_silent_redis_holds_no_request_and_loses_no_job(
    site: WholeSite, redis_line: Line, fault: Callable[[], None]
):
    person = Visitor(site)
    # A site that was just started reads its templates first: that is not what is measured.
    Visitor(site).sign_in("trainer@demo.example")
    person.get("/agreements/")
    fault()

    assert seconds(lambda: person.get("/agreements/")) < PATIENCE
    assert seconds(lambda: person.sign_in("admin@demo.example")) < PATIENCE
    assert seconds(lambda: person.post("/desk/jobs/search/", "/desk/jobs/")) < PATIENCE
    job = person.json("/api/v1/jobs/")["results"][0]
    assert (job["kind"], job["state"]) == ("search.rebuild", "queued")

    redis_line.restore()
    until(lambda: person.json(f"/api/v1/jobs/{job['uuid']}/")["state"] == "done", seconds=60)


def test_while_postgresql_is_gone_pages_say_when_to_try_again_and_then_are_as_before(
    site: WholeSite, database_line: Line
):
    person = Visitor(site)
    person.sign_in("admin@demo.example")

    database_line.cut()
    try:
        with pytest.raises(HTTPError) as refused:
            person.get("/agreements/")
        answer = refused.value
        assert (answer.code, answer.headers["Retry-After"]) == (503, "5")
        assert "Back in a moment" in answer.read().decode()
        assert "live" in person.get("/health/live")
    finally:
        database_line.restore()

    assert "Register of agreements" in person.get("/agreements/")
    person.post("/desk/jobs/search/", "/desk/jobs/")
    job = person.json("/api/v1/jobs/")["results"][0]
    until(lambda: person.json(f"/api/v1/jobs/{job['uuid']}/")["state"] == "done", seconds=60)
