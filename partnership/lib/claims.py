"""What one running site holds alone: a port, and the folder of its data."""

from __future__ import annotations

import errno
import fcntl
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

LAST_PORT = 65_535
# A site that was just killed needs a moment until the last of its programs has ended.
PATIENCE = 4.0


class Taken(Exception):
    """Somebody else holds it. The text is a sentence for the person at the keyboard."""


def port_number(text: str) -> int:
    """The port a person asked for."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PORT:
        raise Taken(f"PORT must be a number from 1 to {LAST_PORT}, not {text!r}.")
    return int(text)


def free_port(port: int) -> None:
    """Refuse a port that another program answers on, before anything of ours is started."""
    other = port + 1 if port < LAST_PORT else port - 1
    taken = Taken(
        f"Port {port} is taken by another program; choose one with PORT={other} make run."
    )
    # Both families: a browser asks for localhost at ::1 first, and would show that program's pages.
    if any(_answers(host, port) for host in ("127.0.0.1", "::1")):
        raise taken
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                text = f"Port {port} is the administrator's; choose one with PORT=8000 make run."
                raise Taken(text) from None
            raise taken from None


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def own_folder(folder: Path, address: str) -> TextIO:
    """Hold the folder for as long as the file that is returned stays open, here or in a child."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "run.lock").open("a+")
    deadline = time.monotonic() + PATIENCE
    while not _locked(lock):
        if time.monotonic() > deadline:
            lock.seek(0)
            other = lock.read().strip()
            lock.close()
            raise Taken(
                f"This site already runs at {other} with its data in {folder}; end "
                "that one first, or give this one a folder of its own with PARTNERSHIP_VAR."
            )
        time.sleep(0.1)
    lock.truncate(0)
    lock.write(address)
    lock.flush()
    return lock


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
