"""Processes that end with the one that started them, in whatever way it ends.

A small helper process reads a pipe. When its starter dies, even by `kill -9`, the pipe closes, and
the helper ends every process group it was told of. This file is also the helper's own program.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 3.0
GONE = (ProcessLookupError, PermissionError)  # macOS refuses where Linux finds nothing


def is_alive(pid: int) -> bool:
    """Whether the process is still there, be it as a zombie that nobody has collected."""
    try:
        os.kill(pid, 0)
    except GONE:
        return False
    return True


def kill(groups: Iterable[int]) -> None:
    """End whatever is left of the groups, at once."""
    for group in groups:
        with suppress(*GONE):
            os.killpg(group, signal.SIGKILL)


def ask_to_end(groups: Iterable[int]) -> None:
    """Ask each group's leader: a leader ends its own children in the order it knows."""
    for leader in groups:
        with suppress(*GONE):
            os.kill(leader, signal.SIGTERM)


class Lifeline:
    """Starts processes in groups of their own, and sees to it that none of them outlives us."""

    def __init__(self, keep: Collection[int] = ()):
        """`keep`: descriptors the helper holds open until the last of the processes has ended."""
        listening, self._pipe = os.pipe()
        self._helper = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=listening,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=keep,
        )
        os.close(listening)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._pipe)
        self._helper.wait()

    def start(self, argv: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """Start a process that leads its own group; the options are those of `Popen`."""

        def introduce_myself() -> None:
            # Told by the child before it becomes the program: our own death leaves no gap.
            os.write(self._pipe, b"guard %d\n" % os.getpid())

        return subprocess.Popen(
            argv,
            start_new_session=True,
            preexec_fn=introduce_myself,  # noqa: PLW1509 one write, and we have no threads
            **options,
        )

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        """The process has ended and its number may be given to another."""
        self._tell(f"forget {process.pid}")

    def sweep(self, folder: Path) -> None:
        """Remove the folder too, if we die without having removed it."""
        self._tell(f"sweep {folder}")

    def _tell(self, message: str) -> None:
        os.write(self._pipe, os.fsencode(f"{message}\n"))


def _listen() -> tuple[set[int], set[str]]:
    groups: set[int] = set()
    folders: set[str] = set()
    for line in sys.stdin.buffer:
        verb, _, what = os.fsdecode(line.rstrip(b"\n")).partition(" ")
        if verb == "guard":
            groups.add(int(what))
        elif verb == "forget":
            groups.discard(int(what))
        else:
            folders.add(what)
    return groups, folders


def _outlive() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups, folders = _listen()
    ask_to_end(groups)
    # A group's number is its leader's. What a leader leaves behind is not waited for.
    deadline = time.monotonic() + PATIENCE
    while any(map(is_alive, groups)) and time.monotonic() < deadline:
        time.sleep(0.05)
    kill(groups)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _outlive()
