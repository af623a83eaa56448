"""Real services for a command: private, on free ports, gone when it ends however it ends.

    python -m tests.services all COMMAND …     PostgreSQL, Redis and Chromium
    python -m tests.services sqlite COMMAND …  a SQLite file and nothing else
    python -m tests.services installed         no command: all programs are there, or are now

`DATABASE_URL` and `REDIS_URL` that are given are used as they are.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from partnership.lib.lifeline import Lifeline

PATIENCE = 30.0
PACKAGES = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium-headless-shell",
}
# The shell has no windows of its own to draw, which saves a third of the processor.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def program(name: str) -> str | None:
    """Where a program is, also where Debian keeps PostgreSQL's off the path."""
    if name == "chromium":
        return next(filter(None, map(shutil.which, CHROMIUMS)), None)
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


def need(names: Sequence[str]) -> None:
    """Install what is missing where we may, else say in one sentence what to install."""
    missing = [PACKAGES[name] for name in names if not program(name)]
    if not missing:
        return
    words = " ".join(missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need {words}: install them (Debian: sudo apt install {words}).")
    print(f"Installing {words} (once).", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments], env=env, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            sys.exit(f"{words} could not be installed: apt-get {arguments[0]} failed.")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


def until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{process.args[0]} did not start.")  # type: ignore[index]
            time.sleep(0.05)
        else:
            return


def start_postgresql(lifeline: Lifeline, folder: Path) -> str:
    """A cluster of our own. It refuses to run as root: then it runs as another user."""
    data, port, quiet = folder / "postgresql", free_port(), subprocess.DEVNULL
    data.mkdir()
    other: dict[str, object] = {}
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(data, user.pw_uid, user.pw_gid)
    initdb = [program("initdb"), "-D", str(data), "-U", "partnership", "--auth=trust"]
    initdb += ["--locale=C", "--encoding=UTF8", "--no-sync"]
    subprocess.run(initdb, cwd=data, stdout=quiet, check=True, **other)  # type: ignore[call-overload]
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "autovacuum": "off",
        "jit": "off",
        "shared_buffers": "256MB",
        "max_connections": "120",
        "log_destination": "stderr",
        "logging_collector": "on",
    }
    argv = [program("postgres") or "", "-D", str(data)]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    process = lifeline.start(argv, cwd=data, stdout=quiet, stderr=quiet, **other)
    until_it_answers(port, process)
    return f"postgresql://partnership@127.0.0.1:{port}/partnership"


def start_redis(lifeline: Lifeline, folder: Path) -> str:
    port = free_port()
    argv = [program("redis-server") or "", "--port", str(port), "--bind", "127.0.0.1"]
    argv += ["--save", "", "--dir", str(folder)]
    until_it_answers(port, lifeline.start(argv, stdout=subprocess.DEVNULL))
    return f"redis://127.0.0.1:{port}/0"


def environment(which: str, lifeline: Lifeline, folder: Path) -> dict[str, str]:
    """What the command is told: where its services are."""
    given = {**os.environ, "PARTNERSHIP_VAR": str(folder / "var"), "PARTNERSHIP_ENV": "test"}
    if which == "sqlite":
        own = {"DATABASE_URL": f"sqlite:///{folder / 'test.sqlite3'}", "REDIS_URL": ""}
        return {**given, **own}
    need(not_given(given))
    if not given.get("DATABASE_URL"):
        given["DATABASE_URL"] = start_postgresql(lifeline, folder)
    if not given.get("REDIS_URL"):
        given["REDIS_URL"] = start_redis(lifeline, folder)
    return {**given, "CHROMIUM": program("chromium") or ""}


def not_given(given: Mapping[str, str]) -> list[str]:
    """The programs that are started here: those of services with an address run elsewhere."""
    addresses = {"postgres": "DATABASE_URL", "redis-server": "REDIS_URL"}
    return [name for name in PACKAGES if not given.get(addresses.get(name, ""))]


def main(which: str, command: Sequence[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="partnership-"))
    folder.chmod(0o755)
    with Lifeline() as lifeline:
        lifeline.sweep(folder)
        child = subprocess.Popen(command, env=environment(which, lifeline, folder))
        # Ctrl+C reaches the command too: it ends by itself, and we wait for it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["installed"]:
        need(not_given(os.environ))
        sys.exit()
    if len(sys.argv) < 3 or sys.argv[1] not in ("all", "sqlite"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
