"""A line to a service that can be cut or made to hang, as lines do."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

# Not the generator that Hypothesis watches: it would find its own tests unreliable.
CHANCE = random.SystemRandom()


class Line:
    """Passes everything on, until it is told to hang (accepts and is silent), to lose a share of
    what is asked, or to be down.
    """

    def __init__(self, url: str):
        self._far = urlsplit(url)
        self._door: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._hangs = False
        self.loss = 0.0  # of what is asked: half never arrives, of the other half no answer does
        self._lock = threading.Lock()
        with socket.create_server(("127.0.0.1", 0)) as trial:
            self.port = trial.getsockname()[1]
        self.restore()

    @property
    def url(self) -> str:
        credentials, at, _ = self._far.netloc.rpartition("@")
        return urlunsplit(self._far._replace(netloc=f"{credentials}{at}127.0.0.1:{self.port}"))

    def restore(self) -> None:
        self._drop()
        self._hangs = False
        self._listen()

    def hang(self) -> None:
        """Every connection stays open and nothing comes back."""
        self._drop()
        self._hangs = True
        self._listen()

    def cut(self) -> None:
        """Nobody answers at the address."""
        self._drop()

    close = cut

    def _listen(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._door,), daemon=True).start()

    def _drop(self) -> None:
        with self._lock:
            ends = ([self._door] if self._door else []) + self._open
            self._door, self._open = None, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                ends = [near]
                if not self._hangs:
                    ends.append(socket.create_connection((self._far.hostname, self._far.port)))
                self._keep(door, ends)

    def _keep(self, door: socket.socket, ends: list[socket.socket]) -> None:
        """Join the two ends, unless the door was closed meanwhile."""
        with self._lock:
            if door is self._door:
                self._open += ends
                if len(ends) == 2:
                    for pair, is_asking in ((ends, True), (ends[::-1], False)):
                        arguments = (*pair, is_asking)
                        threading.Thread(target=self._pass_on, args=arguments, daemon=True).start()
                return
        for end in ends:
            end.close()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                chance = CHANCE.random() if is_asking else 1.0
                if chance < self.loss / 2:
                    break
                target.sendall(data)
                if chance < self.loss:
                    source.shutdown(socket.SHUT_RDWR)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
