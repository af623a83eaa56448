"""Hosts elsewhere, played by threads of this process on loopback. Each answers as it was told."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

# Sends whatever it likes over a connection, knowing what was asked.
Speaks = Callable[[Callable[[bytes], Any], str], None]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> Speaks:
    """A plain answer; a header's name is written with low lines."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [] if "Content_Length" in headers else [f"Content-Length: {len(body)}"]
    head = "\r\n".join([*lines, "", ""]).encode()
    return lambda send, asked: send(head + body)


def raw(words: bytes) -> Speaks:
    return lambda send, asked: send(words)


class Host:
    """What it says, and what it was asked."""

    def __init__(self, speaks: Speaks):
        self.speaks, self.asked = speaks, list[str]()
        self.port = 0


@contextmanager
def host(speaks: Speaks, context: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A host that listens while the block is run; whoever still speaks then is cut off."""
    played = Host(speaks)
    is_over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                if context:
                    with context.wrap_socket(self.request, server_side=True) as sealed:
                        self._speak(sealed)
                else:
                    self._speak(self.request)

        def _speak(self, sock: Any) -> None:
            asked = sock.recv(65_536).decode("latin-1")
            played.asked.append(asked)

            def send(words: bytes) -> bool:
                sock.sendall(words)
                return not is_over.is_set()

            played.speaks(send, asked)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = allow_reuse_address = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        played.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield played
        finally:
            is_over.set()
            server.shutdown()
