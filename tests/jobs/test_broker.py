"""A broker that is away, hangs or comes back: a request never waits, a job is never lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis

from partnership import celery
from partnership.jobs import services
from partnership.jobs.queues import HEAVY
from partnership.jobs.services import Breaker
from tests.factories.jobs import START
from tests.services import free_port, program, until_it_answers

pytestmark = [pytest.mark.redis, pytest.mark.django_db]
LONGEST_WAIT = 2.0


def ring_through(url: str) -> None:
    """Make the application ring at this address from now on, with the options it has in life."""
    app = celery.app
    app.conf.update(celery._redis(url))
    app._pool = app.amqp._producer_pool = None
    Breaker.open_until = 0.0


@pytest.fixture(autouse=True)
def _own_broker_afterwards() -> Iterator[None]:
    names = ("broker_url", "broker_transport", "broker_transport_options")
    before = {name: celery.app.conf[name] for name in names}
    yield
    celery.app.conf.update(before)
    celery.app._pool = celery.app.amqp._producer_pool = None


@contextmanager
def redis_server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    argv = [program("redis-server") or "", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
    try:
        until_it_answers(port, process)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


@contextmanager
def hung_port(backlog: int) -> Iterator[int]:
    """Somebody listens and never answers; with no backlog not even the connection is made."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(backlog)
        port = silent.getsockname()[1]
        waiting = [] if backlog else [socket.socket() for _ in range(2)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
        yield port
        for client in waiting:
            client.close()


def ask_for_a_job(key: str, committed) -> float:
    """Ask for a job and commit; the seconds it took."""
    started = time.monotonic()
    with committed(execute=True):
        services.enqueue("jobs.trial", at=START, key=key)
    return time.monotonic() - started


def messages(port: int) -> int:
    with redis.Redis(port=port) as client:
        return client.llen(HEAVY)


@pytest.mark.parametrize("backlog", [0, 50], ids=["nobody connects", "nobody answers"])
def test_a_hung_broker_holds_a_request_for_about_a_second_and_only_the_first(
    backlog, django_capture_on_commit_callbacks, caplog
):
    with hung_port(backlog) as port:
        ring_through(f"redis://127.0.0.1:{port}/0")
        first, second = (ask_for_a_job(key, django_capture_on_commit_callbacks) for key in "ab")

    assert first < LONGEST_WAIT
    assert second < 0.7
    assert services.Job.objects.live().count() == 2


def test_a_broker_that_hangs_in_mid_conversation_holds_nobody_longer(
    django_capture_on_commit_callbacks, caplog
):
    with redis_server(port := free_port()) as process:
        ring_through(f"redis://127.0.0.1:{port}/0")
        ask_for_a_job("a", django_capture_on_commit_callbacks)
        assert messages(port) == 1
        process.send_signal(signal.SIGSTOP)

        assert ask_for_a_job("b", django_capture_on_commit_callbacks) < LONGEST_WAIT


def test_what_was_asked_for_without_a_broker_is_rung_for_when_it_is_back(
    django_capture_on_commit_callbacks, caplog
):
    port = free_port()
    ring_through(f"redis://127.0.0.1:{port}/0")
    assert ask_for_a_job("a", django_capture_on_commit_callbacks) < 0.9
    assert caplog.messages[0].startswith("the broker does not answer")

    with redis_server(port):
        Breaker.open_until = 0.0
        assert services.sweep(at=START.replace(minute=1)) == 1
        assert messages(port) == 1


def test_a_broker_that_comes_back_empty_gets_the_message_again(
    django_capture_on_commit_callbacks,
):
    for moment in (0, 1):
        with redis_server(port := free_port()):
            ring_through(f"redis://127.0.0.1:{port}/0")
            if moment == 0:
                ask_for_a_job("a", django_capture_on_commit_callbacks)
            else:
                services.sweep(at=START.replace(minute=moment))
            assert messages(port) == 1


def test_messages_reach_the_redis_that_the_environment_names():
    url = os.environ["REDIS_URL"]
    ring_through(url)
    with redis.Redis.from_url(url) as client:
        before = client.llen(HEAVY)

        assert services.ring(1, "jobs.trial")
        assert client.llen(HEAVY) == before + 1


def test_a_worker_whose_acknowledgement_gets_lost_hears_the_next_ring():
    port = free_port()
    with redis_server(port) as server:
        ring_through(f"redis://127.0.0.1:{port}/0")
        with celery.app.connection_for_read() as connection:
            queue = connection.SimpleQueue("rings")
            queue.put("first")
            queue.put("second")
            channel = queue.consumer.channel
            channel.basic_qos(0, 1, False)
            heard = queue.get(timeout=5)
            server.send_signal(signal.SIGSTOP)
            with pytest.raises(redis.exceptions.TimeoutError):
                heard.ack()
            server.send_signal(signal.SIGCONT)

            assert channel.qos.can_consume()
            assert queue.get(timeout=5).payload == "second"
