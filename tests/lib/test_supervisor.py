from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partnership.lib.claims import Taken, free_port, own_folder, port_number

ROOT = Path(__file__).parents[2]

# A child that starts a child of its own, and notes both numbers: a new line for each life.
SLEEPER = """
import os, pathlib, subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
with pathlib.Path(sys.argv[1]).open("a") as notes:
    notes.write(f"{time.monotonic()} {os.getpid()} {inner.pid}\\n")
print("ready", flush=True)
time.sleep(60)
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SLEEPER
SUPERVISE = """
import sys
from partnership.lib import supervisor
supervisor.PATIENCE = 1.0
program, *notes = sys.argv[1:]
children = [
    supervisor.Child(f"child{place}", [sys.executable, "-S", "-c", program, path])
    for place, path in enumerate(notes)
]
supervisor.Supervisor(children).run()
"""
# A parent in between, as make is.
MAKE = "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]])"


class Site:
    """A supervisor with children, and what the children noted about their lives."""

    def __init__(self, folder: Path, *before: str, program: str = SLEEPER, children: int = 2):
        self.notes = [folder / f"child{place}" for place in range(children)]
        self.process = subprocess.Popen(
            [sys.executable, *before, "-c", SUPERVISE, program, *map(str, self.notes)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        until(lambda: all(self.lives(place) for place in range(children)))

    def lives(self, child: int = 0) -> list[list[str]]:
        """For each life of the child: when it began, its number, its own child's number."""
        notes = self.notes[child]
        return [line.split() for line in notes.read_text().splitlines()] if notes.exists() else []

    def everybody(self) -> list[int]:
        return [
            int(number)
            for child in range(len(self.notes))
            for life in self.lives(child)
            for number in life[1:]
        ]

    def end(self) -> str:
        self.process.terminate()
        return self.process.communicate(timeout=10)[0]


def until(holds: Callable[[], object], *, seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """A zombie that nobody has collected yet does not run."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state) and not state.startswith("Z")


def nobody_runs(pids: list[int]) -> bool:
    return not any(map(is_running, pids))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.end()


def test_a_killed_child_comes_back_later_each_time_and_the_others_stay(site: Site):
    for lives in (1, 2):
        os.kill(int(site.lives()[-1][1]), signal.SIGKILL)
        until(lambda lives=lives: len(site.lives()) > lives)

    first, second, third = (float(began) for began, *_ in site.lives())
    assert 0.5 <= second - first < 1.0 <= third - second < 2.0
    assert len(site.lives(1)) == 1


def test_a_dead_childs_own_children_do_not_stay(site: Site):
    _, leader, inner = site.lives()[0]

    os.kill(int(leader), signal.SIGKILL)

    until(lambda: nobody_runs([int(leader), int(inner)]))


def test_half_a_minute_of_life_makes_the_next_start_quick_again():
    from partnership.lib.supervisor import Child, Seat

    seat = Seat(Child("web", []))

    assert [seat.next_delay(now=1.0) for _ in range(7)] == [0.5, 1, 2, 4, 8, 15, 15]
    assert [seat.next_delay(now=30.0), seat.next_delay(now=1.0)] == [0.5, 1]


@pytest.mark.parametrize("request_to_stop", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_stop_ends_everybody(tmp_path: Path, request_to_stop: signal.Signals):
    site = Site(tmp_path)

    site.process.send_signal(request_to_stop)
    out, _ = site.process.communicate(timeout=8)

    assert site.process.returncode == 0
    assert nobody_runs(site.everybody())
    assert sorted(out.splitlines()) == ["child0 | ready", "child1 | ready"]


def test_a_child_that_does_not_want_to_stop_is_killed(tmp_path: Path):
    site = Site(tmp_path, program=STUBBORN, children=1)

    site.end()

    assert nobody_runs(site.everybody())


def test_a_killed_supervisor_leaves_nobody_behind(tmp_path: Path):
    site = Site(tmp_path)
    os.kill(int(site.lives()[0][1]), signal.SIGKILL)  # a child restarted since must end as well
    until(lambda: len(site.lives()) == 2)

    site.process.kill()
    site.process.communicate()

    until(lambda: nobody_runs(site.everybody()))


def test_a_killed_parent_of_the_supervisor_leaves_nobody_behind(tmp_path: Path):
    site = Site(tmp_path, "-c", MAKE)

    site.process.kill()
    site.process.communicate()

    until(lambda: nobody_runs(site.everybody()))


def test_a_taken_port_is_refused_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(Taken) as refusal:
            free_port(port)

    assert str(refusal.value) == (
        f"Port {port} is taken by another program; choose one with PORT={port + 1} make run."
    )
    free_port(port)


@pytest.mark.parametrize("text", ["", "0", "65536", "80a", "-1", "٨٠٠٠"])
def test_a_port_is_a_number(text: str):
    with pytest.raises(Taken, match="PORT must be a number"):
        port_number(text)


def test_a_second_site_in_the_same_folder_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("partnership.lib.claims.PATIENCE", 0.2)
    first = own_folder(tmp_path, "http://localhost:8000/")

    with pytest.raises(Taken, match="already runs at http://localhost:8000/"):
        own_folder(tmp_path, "http://localhost:8001/")

    first.close()
    own_folder(tmp_path, "http://localhost:8001/").close()
