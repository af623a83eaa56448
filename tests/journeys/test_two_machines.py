"""The site on two web machines and two worker machines, which share the database, Redis and a
bucket, and no folder.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request

import boto3
import psycopg
import pytest
from celery import Celery
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from moto.server import ThreadedMotoServer

from partnership.jobs.queues import QUEUES
from partnership.lib.lifeline import Lifeline, ask_to_end
from tests import shared
from tests.information.library.test_drawing import paper
from tests.journeys.whole import Visitor, until
from tests.services import free_port, until_it_answers

pytestmark = [pytest.mark.whole, pytest.mark.redis]
ADMIN = "admin@demo.example"
JOBS = "/api/v1/jobs/"


@pytest.fixture
def bucket() -> Iterator[str]:
    """The address of an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket="files")
    yield f"s3+{endpoint.replace('://', '://k:s@')}/files"
    server.stop()


@pytest.fixture
def common(tmp_path_factory: pytest.TempPathFactory, bucket: str) -> Iterator[dict[str, str]]:
    """What all four machines are told."""
    url, name = os.environ["DATABASE_URL"], f"machines_{os.getpid()}"
    template = shared.prepared_database(url, shared.run_folder(tmp_path_factory))
    shared.at_postgresql(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    number = 10 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    redis = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}"))
    yield {
        "PARTNERSHIP_ENV": "development",
        "DATABASE_URL": shared.at_database(url, name),
        "REDIS_URL": redis,
        "FILES_URL": bucket,
    }
    shared.at_postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")


class Machines:
    """Each has a folder of its own, and starts one program."""

    def __init__(self, lifeline: Lifeline, folder: Path, common: Mapping[str, str]):
        self.lifeline, self.folder, self.common = lifeline, folder, common
        self._running: list[subprocess.Popen[bytes]] = []

    def web(self, name: str) -> Web:
        port = free_port()
        argv = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--workers", "1", "--blocking-threads", "4", "--log-level", "error"]
        until_it_answers(port, self._start(name, [*argv, "partnership.wsgi:application"]))
        return Web(f"http://localhost:{port}", self.folder / f"{name}.log")

    def worker(self, name: str, *queues: str) -> subprocess.Popen[bytes]:
        argv = ["celery", "-A", "partnership", "--quiet", "--skip-checks", "worker", "-P", "solo"]
        argv += ["--without-gossip", "--without-mingle", "-n", f"{name}@%h", "-l", "WARNING"]
        return self._start(name, argv, WORKER_QUEUES=",".join(queues))

    def _start(self, name: str, argv: list[str], **own: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, **self.common, **own, "PARTNERSHIP_VAR": str(self.folder / name)}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        with (self.folder / f"{name}.log").open("ab") as log:
            program = [sys.executable, "-m", *argv]
            how = {"cwd": shared.ROOT, "env": env, "stdout": log, "stderr": log}
            self._running.append(self.lifeline.start(program, **how))
        return self._running[-1]

    def end(self) -> None:
        ask_to_end(process.pid for process in self._running)
        for process in self._running:
            process.wait(timeout=20)

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """It is gone, and the seconds have passed after which others notice."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self._running.remove(worker)
        self.lifeline.forget(worker)
        with psycopg.connect(self.common["DATABASE_URL"], autocommit=True) as database:
            database.execute(
                "UPDATE partnership_job SET lease_until = now() - interval '1 second'"
                " WHERE state = 'running'"
            )
        Celery(broker=self.common["REDIS_URL"]).send_task("jobs.sweep", queue="quick")


class Web:
    """Where a visitor goes."""

    def __init__(self, address: str, log: Path):
        self.address, self._log = address, log

    def output(self) -> str:
        return self._log.read_text(errors="replace")


@pytest.fixture
def machines(tmp_path: Path, common: dict[str, str]) -> Iterator[Machines]:
    with Lifeline() as lifeline:
        started = Machines(lifeline, tmp_path, common)
        yield started
        started.end()


def send_paper(visitor: Visitor, content: bytes) -> None:
    """Add a document to the library at the machine where the visitor is."""
    visitor.get("/desk/library/add/")
    token = next(one.value for one in visitor.cookies if one.name == "csrf")
    fields = {"title": "Shared paper", "kind": "template", "day": "2024-05"}
    fields |= {"address": "https://a.example/x", "csrfmiddlewaretoken": token or ""}
    sent = {**fields, "file": SimpleUploadedFile("paper.pdf", content)}
    address = f"{visitor.site.address}/desk/library/add/"
    told = {"Content-Type": MULTIPART_CONTENT, "Referer": address}
    visitor._answer(Request(address, encode_multipart(BOUNDARY, sent), told))


@pytest.mark.audit
def test_what_one_machine_takes_another_draws_and_a_third_gives_though_one_dies(machines: Machines):
    first, second = machines.web("web-1"), machines.web("web-2")
    dying, content = machines.worker("worker-1", "heavy"), paper("Kept in a bucket")
    visitor = Visitor(first)
    visitor.sign_in(ADMIN)

    def newest() -> dict:
        return visitor.json(JOBS)["results"][0]

    send_paper(visitor, content)
    # The session of the first machine is one on the second; so are the job and its file.
    visitor.site = second
    until(lambda: newest()["state"] == "done", seconds=60, every=0.3)
    assert newest()["kind"] == "library.draw"
    assert visitor.bytes("/library/shared-paper/1/file/") == content

    visitor.post("/desk/jobs/try/", "/desk/jobs/")
    visitor.site = first
    until(lambda: newest()["done"] >= 2, seconds=60, every=0.3)
    machines.worker("worker-2", *QUEUES)
    machines.kill(dying)

    # What the dead one had begun the other ends, from where it was.
    until(lambda: newest()["state"] == "done", seconds=60, every=0.5)
    job = newest()
    assert (job["kind"], job["done"], job["result"]["counted"]) == ("jobs.trial", 20, 20)
    assert job["result"]["resumed_at"] >= 2
    ready = visitor.json("/health/ready")
    assert (ready["parts"]["storage"], set(ready["queues"].values())) == (True, {True})
    assert not list(machines.folder.glob("*/media"))
