"""One command on a machine with Python and make, as a newcomer meets it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.journeys.whole import Visitor, WholeSite, everybody, is_alive, until
from tests.shared import ROOT

pytestmark = pytest.mark.whole
EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": ""}


def cpu_seconds(pids: list[int]) -> int:
    """The work of processes: what they take at most on one idle core, however busy ours is."""
    ids = ",".join(map(str, pids))
    listed = subprocess.run(
        ["ps", "-o", "cputimes=", "-p", ids], capture_output=True, text=True, check=True
    ).stdout
    return sum(map(int, listed.split()))


@pytest.mark.xdist_group("sqlite")
def test_the_first_page_is_there_and_the_demo_people_are_named(site_on_sqlite: WholeSite):
    visitor = Visitor(site_on_sqlite)

    assert "<h1>" in visitor.get("/")
    assert "official.vnm@demo.example" in site_on_sqlite.output()
    for mail in ("official.vnm@demo.example", "focal.mng@demo.example", "trainer@demo.example"):
        assert "Sign out" in Visitor(site_on_sqlite).sign_in(mail)
    assert "trial site" in visitor.get("/glossary/")


@pytest.mark.xdist_group("sqlite")
def test_a_web_server_that_was_killed_comes_back(site_on_sqlite: WholeSite):
    before = until(lambda: site_on_sqlite.children().get("web"), seconds=10)

    for pid in before:  # type: ignore[attr-defined]
        os.kill(pid, signal.SIGKILL)

    until(site_on_sqlite.answers, seconds=20)
    assert set(site_on_sqlite.children()["web"]).isdisjoint(before)  # type: ignore[arg-type]


@pytest.mark.xdist_group("sqlite")
def test_browsers_that_only_keep_their_connections_keep_nobody_out(site_on_sqlite: WholeSite):
    with ExitStack() as open_connections:
        for _ in range(200):
            one = HTTPConnection("127.0.0.1", site_on_sqlite.port, timeout=15)
            open_connections.callback(one.close)
            one.request("GET", "/health/live")
            assert one.getresponse().read()


@pytest.mark.xdist_group("sqlite")
def test_a_second_run_is_quick_and_a_killed_one_leaves_nobody(site_on_sqlite: WholeSite):
    """That a run which is stopped leaves nobody either is asked where this site is stopped."""
    site, group = site_on_sqlite, everybody(site_on_sqlite)

    site.process.kill()  # type: ignore[union-attr]
    site.process.wait()  # type: ignore[union-attr]
    until(lambda: not any(map(is_alive, group)), seconds=10)

    site.log.write_text("")
    site.start()
    group = everybody(site)
    # Two cores have done that in less than ten seconds, whatever else they do here meanwhile.
    assert cpu_seconds([site.process.pid, *group]) < 15  # type: ignore[union-attr]
    assert "nothing new" in site.output()


@pytest.mark.audit
def test_an_interrupted_first_run_repairs_itself(tmp_path: Path):
    """Killed after 1.2 s, in the middle of its migrations; then as soon as the content is told."""
    site = WholeSite(tmp_path, EMBEDDED)
    killed_first_run(site, seconds=1.2)
    assert "Content" not in site.output()
    killed_first_run(site, seconds=90, word="Content")

    site.log.write_text("")
    site.start()
    try:
        assert "47" in Visitor(site).get("/agreements/?source=oecc-talk-2022")
    finally:
        site.stop()


def killed_first_run(site: WholeSite, *, seconds: float, word: str = "no such word") -> None:
    """Begin a run and kill it when it says the word, or after so many seconds."""
    with site.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run"], cwd=ROOT, env=site.env, stdout=log, stderr=log
        )
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and word not in site.output():
        time.sleep(0.02)
    process.kill()
    process.wait()


def test_a_taken_port_is_one_sentence(tmp_path: Path):
    site = WholeSite(tmp_path, EMBEDDED)
    with socket.create_server(("127.0.0.1", site.port)):
        done = subprocess.run(
            [sys.executable, "manage.py", "run"],
            cwd=ROOT,
            env=site.env,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"CommandError: Port {site.port} is taken by another program; "
        f"choose one with PORT={site.port + 1} make run."
    )


def make(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """`make run` in a copy that has no environment yet."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder / name)
    return subprocess.run(
        ["make", "run", *arguments],
        cwd=folder,
        # Nothing of a make that runs these tests, which would answer for it.
        env={**os.environ, "MAKEFLAGS": "", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def first_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2
    return done.stderr.splitlines()[0]


def test_a_python_that_is_too_old_is_one_sentence(tmp_path: Path):
    answers = """
    [ "$1" = -V ] && echo Python 3.9.2
    case "$2" in *version_info*) exit 1;; esac
    """
    old = script(tmp_path / "old", answers)

    done = make(tmp_path, f"PYTHON={old}")

    assert first_line(done) == (
        f"Python 3.11 or newer is needed; {old} is Python 3.9.2. "
        "Choose another with PYTHON=python3.12 make run."
    )


def test_a_debian_without_venv_is_one_sentence(tmp_path: Path):
    bare = script(tmp_path / "bare", 'case "$2" in *venv*) exit 1;; esac')

    done = make(tmp_path, f"PYTHON={bare}")

    assert first_line(done) == (
        "Python's venv is missing: on Debian or Ubuntu, apt install python3-venv."
    )


def test_no_package_index_is_one_sentence_and_the_next_run_tries_again(tmp_path: Path):
    done = make(
        tmp_path,
        f"PYTHON={sys.executable}",
        PIP_INDEX_URL="http://127.0.0.1:9/simple/",
        PIP_NO_CACHE_DIR="1",
        PIP_RETRIES="0",
        PIP_CONFIG_FILE=os.devnull,
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
    )

    assert first_line(done) == (
        "The requirements could not be installed: is the package index reachable? "
        "(.venv/pip.log says more)"
    )
    assert not (tmp_path / ".venv" / "run").exists()
