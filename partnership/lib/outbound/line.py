"""A connection that ends in time, whatever the other side does."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from partnership.lib.outbound.places import Place
from partnership.lib.outbound.refusals import BadCertificate, NoAnswer, TooLarge, TooSlow

# For one step: to connect to one address, and from one byte to the next.
CONNECT_SECONDS, STALL_SECONDS = 5.0, 10.0


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds

    def left(self, most: float = STALL_SECONDS) -> float:
        """Seconds that the next step may take."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TooSlow
        return min(left, most)


class Line(io.RawIOBase):
    """Reads as a file does; each read looks at the clock and counts what has come."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int):
        super().__init__()
        self._sock, self._deadline, self._room = sock, deadline, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        with refusing_faults():
            came = self._sock.recv_into(buffer)
        self._room -= came
        if self._room < 0:
            raise TooLarge
        return came

    def say(self, words: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        with refusing_faults():
            self._sock.sendall(words)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` asks a socket for."""
        return io.BufferedReader(self)

    def close(self) -> None:
        super().close()
        with suppress(OSError):
            self._sock.close()


def connected(place: Place, numbers: list[str], deadline: Deadline, most: int) -> Line:
    """A line to the first of the checked addresses that answers. No name is looked up here."""
    for number in numbers:
        sock = socket.socket(socket.AF_INET6 if ":" in number else socket.AF_INET)
        try:
            sock.settimeout(deadline.left(CONNECT_SECONDS))
            sock.connect((number, place.port))
            return Line(_sealed(sock, place, deadline), deadline, most)
        except ssl.SSLError:
            sock.close()
            raise BadCertificate from None
        except OSError:
            sock.close()
        except TooSlow:
            sock.close()
            raise
    raise NoAnswer


def _sealed(sock: socket.socket, place: Place, deadline: Deadline) -> socket.socket:
    if place.scheme == "http":
        return sock
    sock.settimeout(deadline.left())
    return trust().wrap_socket(sock, server_hostname=place.host)


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: those that this machine believes."""
    return ssl.create_default_context()


@contextmanager
def refusing_faults() -> Iterator[None]:
    """What a socket says, as one of our reasons."""
    try:
        yield
    except TimeoutError:
        raise TooSlow from None
    except OSError:
        raise NoAnswer from None
