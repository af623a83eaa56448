"""The whole site as `make run` starts it, in a folder of its own and on a free port."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.services import free_port
from tests.shared import PASSWORD, ROOT, passed_on


def until(holds: Callable[[], object], *, seconds: float, every: float = 0.1) -> object:
    """What `holds` gives as soon as it is true; what costs a server work is asked less often."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(every)
    return found


class WholeSite:
    """Starts `manage.py run`, reads its output, and ends it."""

    def __init__(self, folder: Path, env: Mapping[str, str]):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = folder / "output"
        own = {
            "PARTNERSHIP_ENV": "development",
            "PARTNERSHIP_VAR": str(folder / "var"),
            "PORT": str(self.port),
            "DEMO_PASSWORD": PASSWORD,
        }
        self.env = {**passed_on(), **own, **env}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: float = 180) -> float:
        """Start it and wait for the first page; returns the seconds that took."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._is_up, seconds=seconds)
        return time.monotonic() - began

    def _is_up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.output()
        return f"The site is at {self.address}/" in self.output()

    def answers(self) -> bool:
        """Whether its web server is there: one that was killed comes back."""
        try:
            return bool(Visitor(self).get("/health/ready"))
        except OSError:
            return False

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=20)

    def children(self) -> dict[str, list[int]]:
        """The running programs of the group: name to process ids, leaders first."""
        assert self.process is not None
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        parents = {int(pid): int(parent) for pid, parent, _ in rows}
        found: dict[str, list[int]] = {}
        for pid, _, args in rows:
            if self.process.pid in _line_of(int(pid), parents):
                name = next((name for mark, name in MARKS.items() if mark in args), "other")
                found.setdefault(name, []).append(int(pid))
        return found


MARKS = {
    "-Q heavy": "worker",
    "-Q mail": "mail",
    "-Q quick": "quick",
    "beat": "beat",
    "granian": "web",
}


def _line_of(pid: int, parents: Mapping[int, int]) -> list[int]:
    line = []
    while pid := parents.get(pid, 0):
        line.append(pid)
    return line


def everybody(site: WholeSite) -> list[int]:
    return [pid for pids in site.children().values() for pid in pids]


def is_alive(pid: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return bool(state) and not state.startswith("Z")


class Visitor:
    """A person with cookies who reads pages and sends forms, without scripts."""

    def __init__(self, site: WholeSite):
        self.site = site
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        return self.bytes(path).decode()

    def bytes(self, path: str) -> bytes:
        return self._answer(Request(f"{self.site.address}{path}"))

    def answer(self, request: Request) -> str:
        return self._answer(request).decode()

    def _answer(self, request: Request) -> bytes:
        try:
            with self._opener.open(request, timeout=20) as response:
                return response.read()
        except HTTPError as error:
            error.add_note(self.site.output()[-4000:])
            raise

    def json(self, path: str) -> dict:
        return json.loads(self.get(path))

    def post(self, path: str, form_on: str, **fields: str) -> str:
        """Send a form; `form_on` is the page that holds it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form_on))
        assert token, f"no form on {form_on}"
        data = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self.answer(
            Request(f"{self.site.address}{path}", data, {"Referer": self.site.address})
        )

    def sign_in(self, mail: str) -> str:
        return self.post("/account/sign-in/", "/account/sign-in/", login=mail, password=PASSWORD)
