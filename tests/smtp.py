"""A mail server on a free port that keeps what it is given, and refuses whom it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[Message] = []
        self.senders: list[str] = []
        self.conversations = 0
        self.refused: set[str] = set()
        self.hangs_up = False
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def recipients(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.conversations += 1
        self.say("421 closing" if self.server.hangs_up else "220 ready")
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("RCPT TO:<") and line[9:-1] in self.server.refused:
                self.say("550 no such person")
            elif line.upper().startswith("MAIL FROM:<"):
                self.server.senders.append(line[11:].partition(">")[0])
                self.say("250 fine")
            elif line.upper() == "DATA":
                self.say("354 go on")
                self.server.mails.append(message_from_bytes(self.text(), policy=default))
                self.say("250 kept")
            elif line.upper() == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()
