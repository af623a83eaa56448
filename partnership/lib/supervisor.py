"""A few programs run as one: restarted when they die, ended together, never left behind."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from partnership.lib.lifeline import Lifeline, ask_to_end, kill

SHORTEST_DELAY, LONGEST_DELAY = 0.5, 15.0
SETTLED = 30.0
PATIENCE = 5.0
TICK = 0.2


@dataclass(frozen=True)
class Child:
    """A program to keep running; `env` is added to our own environment."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Seat:
    """A child's place: who sits in it now, or when the next one may."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    delay: float = SHORTEST_DELAY
    pipe: int = -1
    unfinished: bytes = b""

    def next_delay(self, now: float) -> float:
        """Double with every death, from the start again after half a minute of life."""
        delay = SHORTEST_DELAY if now - self.started_at >= SETTLED else self.delay
        self.delay = min(delay * 2, LONGEST_DELAY)
        return delay


class Supervisor:
    """Runs its children until it is asked to stop (Ctrl+C, SIGTERM) or its own parent is gone."""

    def __init__(self, children: Sequence[Child], *, keep: Collection[int] = ()):
        """`keep`: descriptors (a lock) that stay open until the last child has ended."""
        self._seats = [Seat(child) for child in children]
        self._keep = keep
        self._width = max(len(child.name) for child in children)
        self._pipes = selectors.DefaultSelector()
        self._parent = os.getppid()
        self._asked = self._ending = self._hurried = False

    def run(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Keep the children running; `meanwhile` is called about five times a second."""
        with self._listening(), Lifeline(self._keep) as self._lifeline:
            try:
                while not self._asked and os.getppid() == self._parent:
                    for seat in self._seats:
                        self._tend(seat)
                    meanwhile()
                    self._pass_output(TICK)
            finally:
                self._end()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        def asked(number: int, frame: FrameType | None) -> None:
            self._asked = True
            self._hurried = self._ending and number == signal.SIGINT

        numbers = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants us to stay
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, asked) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _tend(self, seat: Seat) -> None:
        now = time.monotonic()
        if seat.process is None:
            if now >= seat.due_at:
                self._start(seat, now)
        elif (code := seat.process.poll()) is not None:
            self._clear(seat, seat.process)
            delay = seat.next_delay(now)
            seat.due_at = now + delay
            self._say(seat, f"ended ({_manner(code)}); starts again in {delay:g} s")

    def _start(self, seat: Seat, now: float) -> None:
        seat.pipe, output = os.pipe()
        os.set_blocking(seat.pipe, False)
        seat.process = self._lifeline.start(
            seat.child.argv,
            env={**os.environ, **seat.child.env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        os.close(output)
        seat.started_at = now
        self._pipes.register(seat.pipe, selectors.EVENT_READ, seat)

    def _clear(self, seat: Seat, process: subprocess.Popen[bytes]) -> None:
        """A dead leader's own children still hold its port and its files: end them too."""
        kill([process.pid])
        self._lifeline.forget(process)
        if seat.pipe in self._pipes.get_map():
            self._read(seat)
        if seat.pipe in self._pipes.get_map():
            self._pipes.unregister(seat.pipe)
        if seat.unfinished:
            self._say(seat, seat.unfinished.decode(errors="replace"))
        os.close(seat.pipe)
        seat.process, seat.unfinished = None, b""

    def _pass_output(self, seconds: float) -> None:
        if not self._pipes.get_map():
            time.sleep(seconds)  # without a pipe to wait for, some systems do not wait at all
        for key, _ in self._pipes.select(seconds):
            self._read(key.data)

    def _read(self, seat: Seat) -> None:
        try:
            data = os.read(seat.pipe, 65_536)
        except BlockingIOError:
            return
        if not data:
            self._pipes.unregister(seat.pipe)
        *lines, seat.unfinished = (seat.unfinished + data).split(b"\n")
        for line in lines:
            self._say(seat, line.decode(errors="replace"))

    def _say(self, seat: Seat, line: str) -> None:
        sys.stdout.write(f"{seat.child.name:<{self._width}} | {line.rstrip()}\n")
        sys.stdout.flush()

    def _end(self) -> None:
        """Ask all, wait for all, kill what is left; a second Ctrl+C does not wait."""
        self._ending = True
        running = [seat.process for seat in self._seats if seat.process]
        groups = [process.pid for process in running]
        ask_to_end(groups)
        deadline = time.monotonic() + PATIENCE
        while any(process.poll() is None for process in running):
            if self._hurried or time.monotonic() >= deadline:
                kill(groups)
            self._pass_output(0.05)
        for seat in self._seats:
            if seat.process:
                self._clear(seat, seat.process)
        self._pipes.close()


def _manner(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
