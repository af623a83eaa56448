"""The whole site as one foreground group: web server, workers and the clock that rings for them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from partnership.jobs.queues import HARVEST, HEAVY, MAIL, QUICK
from partnership.lib.claims import Taken, free_port, own_folder, port_number
from partnership.lib.supervisor import Child, Supervisor

PATIENCE = 60.0


class Command(BaseCommand):
    help = "Make the site ready, then run web server, worker and beat until Ctrl+C. PORT moves it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            port = port_number(os.environ.get("PORT") or "8000")
            free_port(port)
            # A `localhost` address: browsers refuse passkeys on a bare number.
            address = f"http://localhost:{port}/"
            lock = own_folder(settings.VAR_DIR, address)
        except Taken as taken:
            raise CommandError(str(taken)) from None
        call_command("prepare", stdout=self.stdout)
        group = Supervisor(children(port, address), keep=[lock.fileno()])
        self._say("Starting: web server, workers and beat.")
        group.run(meanwhile=_announcer(address, self._say))

    def _say(self, line: str) -> None:
        """At once, into a pipe or a file too: these lines stand alone there for a long time."""
        self.stdout.write(line)
        self.stdout.flush()


def children(port: int, address: str) -> list[Child]:
    """The programs of the group.

    Sweeps and mail have workers that long jobs cannot hold. There are two rounds of harvest at
    most, so that of three processes one is always left for what people asked for.
    """
    # In a container root is often the only user, and the warning fills the screen.
    python = [sys.executable, "-W", "ignore:You're running the worker with superuser"]
    celery = [*python, "-m", "celery", "-A", "partnership", "--quiet", "--skip-checks"]
    worker = [*celery, "worker", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
    schedule = settings.VAR_DIR / "beat"
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    web += ["--port", str(port), "--workers", "2", "--blocking-threads", "8"]
    # A browser holds its connection for a while, and each counts against the pressure: several
    # hundred readers at once, each let go after ten idle seconds.
    web += ["--backpressure", "512", "--http1-header-read-timeout", "10000"]
    web += ["--log-level", "error", "--respawn-failed-workers"]
    env = {"PARTNERSHIP_ADDRESS": os.environ.get("PARTNERSHIP_ADDRESS") or address.rstrip("/")}
    return [
        Child("web", [*web, "partnership.wsgi:application"], env),
        Child("worker", [*worker, "-Q", f"{HEAVY},{HARVEST}", "-c", "3", "-n", "work@%h"], env),
        Child("mail", [*worker, "-Q", MAIL, "-c", "3", "-P", "threads", "-n", "mail@%h"], env),
        Child("quick", [*worker, "-Q", QUICK, "-c", "1", "-P", "solo", "-n", "quick@%h"], env),
        Child("beat", [*celery, "beat", "--loglevel=WARNING", "-s", str(schedule)], env),
    ]


def _announcer(address: str, say: Callable[[str], Any]) -> Callable[[], None]:
    """Print the address once, when the first page can be had. Asked for about once a second."""
    started = asked = time.monotonic()
    is_said = False

    def look() -> None:
        nonlocal is_said, asked
        now = time.monotonic()
        if is_said or now - asked < 0.5 or now - started > PATIENCE:
            return
        asked = now
        try:
            with urlopen(f"{address}health/live", timeout=1):  # noqa: S310 our own address
                pass
        except (URLError, OSError):
            return
        is_said = True
        say(f"\nThe site is at {address}  (Ctrl+C ends it)\n")

    return look
