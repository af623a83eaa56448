"""Killing the parts of a running site at random, and what is measured of its jobs meanwhile.

A `Work` is started upon a site, is done at some time, and is checked then: `papers.Papers` and
`digests.Digests` are two.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import psycopg
from psycopg.rows import dict_row

from tests.journeys.proxy import CHANCE
from tests.journeys.whole import Visitor, WholeSite
from tests.services import free_port, program, until_it_answers

PARTS = ("worker", "mail", "quick", "beat", "web", "redis")
# Between two looks at the jobs, and between two deaths.
LOOK, SHORTEST, LONGEST = 1.0, 2.0, 14.0


class Work(Protocol):
    """What the site is asked to do while its parts die."""

    def start(self, person: Visitor) -> None:
        """Ask for it as a person does, again where the site does not answer."""

    def is_done(self, database: Database) -> bool: ...

    def check(self, database: Database) -> None:
        """Each thing once and whole."""


class Redis:
    """A Redis that forgets everything when it is killed, and comes back at the same port."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        argv = [program("redis-server") or "", "--port", str(self._port), "--bind", "127.0.0.1"]
        self._process = subprocess.Popen([*argv, "--save", ""], stdout=subprocess.DEVNULL)
        until_it_answers(self._port, self._process)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Database:
    """What stands in the site's tables, asked beside it."""

    def __init__(self, url: str):
        self._url = url

    def rows(self, question: str) -> list[dict[str, Any]]:
        with psycopg.connect(self._url, row_factory=dict_row) as line:
            return line.execute(question).fetchall()  # type: ignore[arg-type]

    def one(self, question: str) -> Any:
        (row,) = self.rows(question)
        (value,) = row.values()
        return value


# Of all jobs that are not done: the longest time since a worker that had one gave a sign, and
# since any worker took or ended one while some waited.
SILENT = """
select coalesce(extract(epoch from max(clock_timestamp() - (lease_until - interval '20 s'))), 0)
from partnership_job where state = 'running'
"""
IDLE = """
select coalesce(extract(epoch from clock_timestamp() - (
    select max(greatest(started_at, finished_at, created_at)) from partnership_job
)), 0)
from (select 1 from partnership_job where state = 'queued' and run_at < clock_timestamp() limit 1) w
"""


@dataclass
class Watch:
    """How long a job lay in a dead worker's hands, and how long all of them stood still."""

    database: Database = field(repr=False)
    silent: float = 0.0
    idle: float = 0.0

    def look(self) -> None:
        self.silent = max(self.silent, float(self.database.one(SILENT)))
        idle = self.database.rows(IDLE)
        self.idle = max(self.idle, *(float(value) for row in idle for value in row.values()), 0.0)


def killing(
    site: WholeSite, redis: Redis, works: Sequence[Work], database: Database, *, times: int
) -> tuple[Watch, Counter[str]]:
    """Kill parts at random while the works are done, and wait for their end; what died so often."""
    watch, died = Watch(database), Counter[str]()
    due = time.monotonic() + SHORTEST

    def are_done() -> bool:
        nonlocal due
        watch.look()
        if died.total() < times and time.monotonic() > due:
            part = CHANCE.choice(PARTS)
            died[part] += strike(site, redis, part)
            due = time.monotonic() + CHANCE.uniform(SHORTEST, LONGEST)
        return died.total() >= times and all(work.is_done(database) for work in works)

    wait(are_done, seconds=1200)
    return watch, died


def strike(site: WholeSite, redis: Redis, part: str) -> bool:
    """Kill all processes of a part with SIGKILL; False where it is dead already."""
    if part == "redis":
        redis.kill()
        time.sleep(CHANCE.uniform(0.2, 3.0))
        redis.start()
        return True
    pids = site.children().get(part, [])
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return bool(pids)


def wait(holds: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(LOOK)


def patiently(act: Callable[[], str], *, seconds: float = 120) -> str:
    """What a page answers in the end: whoever gets no answer tries again."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (OSError, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(LOOK)
