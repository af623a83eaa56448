"""A process of its own that reads a stranger's file and tells what it finds in lines of JSON.

Its module limits itself before it looks at the first byte; here it is heard, and ended when it says
nothing for long. What it meets may kill it: nothing of ours goes with it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

# Of every child: a module of this project, that is given nothing of our environment.
HOW: Any = {
    "cwd": Path(__file__).parents[2],
    "env": {"PYTHONIOENCODING": "ascii"},
    "stderr": subprocess.DEVNULL,
}


class Silent(Exception):
    """The child said nothing for too long."""


class Gone(Exception):
    """The child ended in the middle of what it had to say: it was overwhelmed."""


class Lines:
    """What a child says, line by line."""

    def __init__(self, process: subprocess.Popen[bytes], silence: float):
        self._silence = silence
        self._heard = bytearray()
        assert process.stdout is not None
        self._pipe = process.stdout.fileno()
        self._ready = select.poll()
        self._ready.register(self._pipe, select.POLLIN | select.POLLHUP)

    def next(self, patience: float | None = None) -> dict[str, Any]:
        """What it says next, waited for as long as it may be silent, or only for so many seconds.

        Raises Silent or Gone.
        """
        deadline = time.monotonic() + (self._silence if patience is None else patience)
        while b"\n" not in self._heard:
            if not self._ready.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise Silent
            bit = os.read(self._pipe, 1 << 16)
            if not bit:
                raise Gone
            self._heard += bit
        line, _, rest = bytes(self._heard).partition(b"\n")
        self._heard = bytearray(rest)
        told: dict[str, Any] = json.loads(line)
        return told


def has_told(
    module: str, asked: Any, file: IO[bytes], answer: IO[bytes], *, patience: float
) -> bool:
    """Whether a module came to its end upon a file in time; `answer` holds all that it says."""
    try:
        ended = subprocess.run(  # noqa: S603 - this project's own module
            _argv(module, asked), stdin=file, stdout=answer, timeout=patience, check=False, **HOW
        )
    except subprocess.TimeoutExpired:
        return False
    answer.seek(0)
    return ended.returncode == 0


@contextmanager
def child(module: str, asked: Any, file: IO[bytes], *, silence: float) -> Iterator[Lines]:
    """Start a module of this project upon a file, with what is asked of it as JSON."""
    process = subprocess.Popen(  # noqa: S603 - this project's own module
        _argv(module, asked), stdin=file, stdout=subprocess.PIPE, **HOW
    )
    try:
        yield Lines(process, silence)
    finally:
        process.kill()
        process.communicate()


def _argv(module: str, asked: Any) -> list[str]:
    return [sys.executable, "-m", module, json.dumps(asked)]
