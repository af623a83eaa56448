"""Officials who take a quiz at the same time, each as the page's script does: again until it is so.

python -m tests.services all python -m tests.journeys.crowd 500 300    officials, seconds
python -m tests.services all python -m tests.journeys.crowd 500 kill   web server killed meanwhile
python -m tests.services all python -m tests.journeys.crowd 2000 submit    all hand in within 10 s
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.journeys.proxy import CHANCE
from tests.journeys.whole import WholeSite
from tests.shared import ROOT, at_database, at_postgresql

COURSE, QUIZ = "a6-101", "check"
TOKEN = "0123456789abcdef0123456789abcdef"
PATIENCE = 120.0
# The server lets a connection go after ten idle seconds; a browser sees that, we do not ask.
IDLE = 9.0
# In which all begin to hand in, at even distances.
RUSH = 10.0
FIELDSET = re.compile(
    r'<fieldset class="question".*? data-question="(?P<token>[^"]+)" data-kind="(?P<kind>\w+)"'
    r"(?P<fields>.*?)</fieldset>",
    re.DOTALL,
)
UNAVAILABLE = 503


def rows(site: WholeSite, *arguments: str) -> Any:
    """What `tests.journeys.rows` says of this site's database."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.rows", *arguments],
        cwd=ROOT,
        env=site.env,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


@dataclass
class Seen:
    """What all officials saw together. A step's seconds are those of the call that was answered."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    handed_in: set[str] = field(default_factory=set)

    def answered(self, step: str, status: int | str, seconds: float) -> None:
        with self.lock:
            self.answers[f"{status}"] += 1
            self.seconds[step].append(seconds)

    def share(self, step: str, part: float) -> float:
        """The seconds within which this part of a step's calls was answered."""
        ordered = sorted(self.seconds[step])
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Official:
    """One browser: its session, one connection, and answers that are sent until acknowledged."""

    def __init__(self, site: WholeSite, session: str, seen: Seen):
        self.site, self.seen = site, seen
        self.headers = {"Cookie": f"session={session}; csrf={TOKEN}", "X-CSRFToken": TOKEN}
        self.connection = HTTPConnection("localhost", site.port, timeout=30)
        self.used_at = 0.0

    def call(self, step: str, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """Until the site answers; a 503 and a broken line are tried again, as browsers do."""
        deadline = time.monotonic() + PATIENCE
        while True:
            began = time.monotonic()
            if began - self.used_at > IDLE:
                self.connection.close()
            self.used_at = began
            try:
                self.connection.request(method, path, body, {**self.headers, **headers})
                response = self.connection.getresponse()
                text, status = response.read(), response.status
                self.given = response.headers
            except (OSError, HTTPException):
                self.connection.close()
                text, status = b"", 0
            self.seen.answered(step, status or "broken line", time.monotonic() - began)
            if status == 302:
                return response.headers["Location"].encode()
            if status and status != UNAVAILABLE:
                assert status == 200, f"{step}: {status} {text[:300]!r}"
                return text
            assert time.monotonic() < deadline, f"{step} was not answered"
            time.sleep(CHANCE.uniform(0.3, 1.5))

    def start(self) -> None:
        """Read the quiz's page, start, and read the paper."""
        self.call("quiz page", "GET", f"/courses/{COURSE}/quizzes/{QUIZ}/")
        where = self.call("start", "POST", f"/courses/{COURSE}/quizzes/{QUIZ}/start/")
        assert b"/courses/attempts/" in where, where
        page = self.call("paper", "GET", where.decode()).decode()
        self.uuid = where.decode().strip("/").rpartition("/")[2]
        self.questions = {found["token"]: some_answer(found) for found in FIELDSET.finditer(page)}
        assert self.questions

    def save(self, token: str) -> None:
        key = uuid4().hex
        body = {"question": token, "response": self.questions[token], "saw": 0, "key": key}
        path = f"/api/v1/attempts/{self.uuid}/answers/"
        json_type = {"Content-Type": "application/json"}
        told = json.loads(self.call("save", "POST", path, json.dumps(body).encode(), **json_type))
        assert told["outcome"] in ("saved", "same"), told
        with self.seen.lock:
            self.seen.acknowledged[self.uuid][token] = self.questions[token]

    def submit(self) -> None:
        body = json.dumps({"key": f"hand-in-{self.uuid}"}).encode()
        json_type = {"Content-Type": "application/json"}
        path = f"/courses/attempts/{self.uuid}/submit/"
        told = json.loads(self.call("submit", "POST", path, body, **json_type))
        with self.seen.lock:
            self.seen.handed_in.add(self.uuid)
        assert told["submitted_at"]

    def read_result(self) -> None:
        self.call("result", "GET", f"/courses/attempts/{self.uuid}/result/")


def some_answer(question: re.Match[str]) -> dict[str, Any]:
    """An answer of the question's kind, by what its page holds."""
    token, fields = question["token"], question["fields"]
    match question["kind"]:
        case "number":
            return {"text": "1234.5", "unit": "t"}
        case "short_text":
            return {"text": "OIMP"}
        case "ordering":
            return {"order": re.findall(r'data-option="([^"]+)"', fields)}
        case "matching":
            right = re.findall(r'<option value="([^"]+)"', fields)
            return {"pairs": dict.fromkeys(re.findall(r'data-left="([^"]+)"', fields), right[0])}
    return {"chosen": re.findall(rf'name="{token}" value="([^"]+)"', fields)[:1]}


def together(acts: list[Callable[[], None]]) -> list[BaseException]:
    """Each in a thread of its own; the faults that they ended with."""
    faults: list[BaseException] = []

    def guarded(act: Callable[[], None]) -> None:
        try:
            act()
        except (AssertionError, KeyError, ValueError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def check(site: WholeSite, seen: Seen) -> None:
    """No acknowledged answer or hand-in is lost or doubled."""
    found = rows(site, "stored")
    for uuid, answers in seen.acknowledged.items():
        for token, response in answers.items():
            kept = found[uuid]["answers"][token]
            assert {name: kept[name] for name in response} == response, (uuid, token)
    for uuid in seen.handed_in:
        assert (found[uuid]["submitted"], found[uuid]["gradings"]) == (True, 1), uuid


def sit(official: Official, begins: float, seconds: float) -> None:
    """One sitting, its steps spread over the time."""
    pause = seconds / 14
    time.sleep(begins)
    official.start()
    for token in official.questions:
        time.sleep(CHANCE.uniform(0.5, 1.5) * pause)
        official.save(token)
    official.submit()
    official.read_result()
    official.connection.close()


def gather(site: WholeSite, number: int) -> tuple[list[Official], Seen]:
    """So many officials who are signed in and have joined the course."""
    seen = Seen()
    return [Official(site, one["session"], seen) for one in rows(site, "people", str(number))], seen


def sit_in_time(crowd: list[Official], seconds: float) -> list[BaseException]:
    """Everybody starts in the first tenth of the time."""
    return together(
        [partial(sit, one, CHANCE.uniform(0, seconds / 10), seconds * 0.8) for one in crowd]
    )


def hand_in_while_killed(site: WholeSite, crowd: list[Official]) -> list[BaseException]:
    """All hand in at once, and the whole web server is killed twice in the middle of it."""
    faults = together([partial(start_and_answer_one, one) for one in crowd])
    hand_in = threading.Thread(
        target=lambda: faults.extend(together([one.submit for one in crowd]))
    )
    hand_in.start()
    seen = crowd[0].seen
    for share in (0.2, 0.6):
        while len(seen.handed_in) < share * len(crowd) and hand_in.is_alive():
            time.sleep(0.005)
        for pid in site.children().get("web", []):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    hand_in.join()
    for one in crowd:
        one.connection.close()
    return faults


def gather_answered(site: WholeSite, number: int) -> tuple[list[Official], Seen]:
    """So many officials with a paper that is answered throughout, and saved."""
    seen, crowd = Seen(), []
    for one in rows(site, "answered", str(number)):
        official = Official(site, one["session"], seen)
        official.uuid = one["attempt"]
        seen.acknowledged[official.uuid] = one["answers"]
        crowd.append(official)
    return crowd, seen


def hand_in_within(crowd: list[Official], seconds: float) -> list[BaseException]:
    """One after the other. How long each waits is told as well, its tries added up."""

    def hand_in(official: Official, begins: float) -> None:
        time.sleep(begins)
        began = time.monotonic()
        official.submit()
        waited = time.monotonic() - began
        with official.seen.lock:
            official.seen.seconds["waited"].append(waited)
        official.connection.close()

    rush = seconds / len(crowd)
    return together([partial(hand_in, one, n * rush) for n, one in enumerate(crowd)])


def start_and_answer_one(official: Official) -> None:
    official.start()
    official.save(next(iter(official.questions)))


@contextmanager
def own_site(**env: str) -> Iterator[WholeSite]:
    """The whole site on a database of its own, which is gone at the end."""
    url, name = os.environ["DATABASE_URL"], f"crowd_{os.getpid()}"
    at_postgresql(url, f"CREATE DATABASE {name}")
    env["DATABASE_URL"] = at_database(url, name)
    site = WholeSite(Path(tempfile.mkdtemp(prefix="crowd-")), env)
    site.start()
    try:
        yield site
    finally:
        site.stop()
        at_postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")


def main(officials: int, how: str) -> None:
    with own_site() as site:
        ready = gather_answered if how == "submit" else gather
        crowd, seen = ready(site, officials)
        began = time.monotonic()
        if how == "kill":
            faults = hand_in_while_killed(site, crowd)
        elif how == "submit":
            faults = hand_in_within(crowd, RUSH)
        else:
            faults = sit_in_time(crowd, float(how))
        took = time.monotonic() - began
        check(site, seen)
    tell(officials, took, seen, faults)


def tell(officials: int, took: float, seen: Seen, faults: list[BaseException]) -> None:
    """The table of what was seen."""
    kept = sum(map(len, seen.acknowledged.values()))
    print(f"{officials} officials in {took:.0f} s; faults: {len(faults)} {faults[:3]}")  # noqa: T201
    print(f"saved {kept}, handed in {len(seen.handed_in)}, answers by status {dict(seen.answers)}")  # noqa: T201
    for step in seen.seconds:
        told = ", ".join(
            f"p{part * 100:.0f} {seen.share(step, part):.3f} s" for part in (0.5, 0.95, 0.99, 1)
        )
        print(f"{step:10} {len(seen.seconds[step]):6}  {told}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
