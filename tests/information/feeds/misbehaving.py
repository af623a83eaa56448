"""Hosts that misbehave for a day, each in its way, and what a good feed tells in each hour."""

from __future__ import annotations

import gzip
import socket
import time
from collections import Counter

from partnership.lib.outbound import line, places
from tests.hosts import Host, Speaks, answer
from tests.information.feeds.written import Told


def dripping(send, asked) -> None:
    while send(b"HTTP/1.1 200 OK\r\n\r\n"[:1]):
        time.sleep(0.05)


def endless(send, asked) -> None:
    send(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    while send(b"<item></item>" * 500):
        pass


def bad_ones(inside: Host) -> dict[str, tuple[Speaks, str]]:
    """How hosts misbehave, and what is told of each."""
    return {
        "slow": (dripping, "too_slow"),
        "endless": (endless, "too_large"),
        "bomb": (answer(gzip.compress(bytes(9_000_000)), Content_Encoding="gzip"), "too_large"),
        "inward": (answer(b"", "302 F", Location="http://hidden.example/"), "private_address"),
        "port": (
            answer(b"", "302 F", Location=f"http://127.0.0.1:{inside.port}/"),
            "wrong_address",
        ),
        "garbage": (answer(b"\x00\xff<rss>"), "not_a_feed"),
        "page": (answer(b"<html></html>", "404 Not Found"), "status_404"),
    }


def told_at(hour: int) -> list[Told]:
    """This hour's news twice under one id, and that of hours before under other ids or links."""

    def news(of: int, **other: str) -> Told:
        page = {"id": f"urn:{of}", "link": f"https://n.example/{of}", "title": f"News {of}"}
        return Told(**{**page, "summary": f"What happened in the hour {of}", **other})

    again = [news(of, id=f"urn:{hour}:{of}") for of in range(max(hour - 3, 0), hour)]
    moved = [news(hour - 4, link=f"http://www.n.example/{hour - 4}/?utm_source={hour}")]
    return [news(hour), news(hour), *again, *(moved if hour >= 4 else [])]


def rebinding(monkeypatch) -> tuple[Counter[str], list[tuple[str, int]]]:
    """`rebound.example` is public at each first look and this machine at the next; how often names
    are looked up, and what outside of this machine is connected to, where nobody answers."""
    lookups, connected = Counter[str](), []

    def lookup(host: str, port: int) -> list[str]:
        lookups[host] += 1
        is_first = host == "rebound.example" and lookups[host] % 2
        return ["8.8.8.8"] if is_first else ["127.0.0.1"]

    class Socket(socket.socket):
        def connect(self, to) -> None:
            if to[0] != "127.0.0.1":
                connected.append(to)
                raise ConnectionRefusedError
            super().connect(to)

    monkeypatch.setattr(places, "lookup", lookup)
    monkeypatch.setattr(line.socket, "socket", Socket)
    return lookups, connected


def noting(kept: dict[str, float], keep):
    def noted(feed, said, *, at):
        kept[feed.slug] = time.monotonic()
        return keep(feed, said, at=at)

    return noted
