"""Ask a host for a page, following it where it leads, within seconds and bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected
from typing import IO, Any
from urllib.parse import quote, urljoin

from django.conf import settings

from partnership.lib.outbound import places
from partnership.lib.outbound.line import Deadline, connected
from partnership.lib.outbound.places import SAFE, Place
from partnership.lib.outbound.refusals import BadAnswer, NoAnswer, TooLarge, TooManyRedirects

REDIRECTS = {301, 302, 303, 307, 308}
# What an answer says of itself before its body begins.
MOST_HEAD = 200_000
PIECE = 16_384
# zlib's word for gzip with its header.
GZIP = 31


@dataclass(frozen=True)
class Limits:
    """What one fetch may take, with all its redirects."""

    seconds: float = 30.0
    size: int = 5_000_000
    redirects: int = 3


@dataclass(frozen=True)
class Answer:
    """What a host said in the end, and which redirects led there: each status and its address."""

    status: int
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hops: tuple[tuple[int, str], ...] = ()


LIMITS = Limits()


def fetch(
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    into: IO[bytes] | None = None,
) -> Answer:
    """The answer of a host, whatever its status, or a `NotFetched`.

    A large body is written `into` a file as it comes, and the answer's own stays empty.
    """
    deadline, place = Deadline(limits.seconds), places.read(address)
    hops: list[tuple[int, str]] = []
    while True:
        answer = _asked(place, method, dict(headers or {}), deadline, limits, into=into)
        leads = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not leads:
            return Answer(answer.status, place.address, answer.headers, answer.body, tuple(hops))
        hops.append((answer.status, place.address))
        if len(hops) > limits.redirects:
            raise TooManyRedirects
        place = places.read(_joined(place, leads))


def _joined(place: Place, leads: str) -> str:
    """Headers come as Latin-1, whatever was meant; `read` judges what this gives."""
    try:
        return urljoin(place.address, quote(leads.encode("latin-1"), SAFE))
    except ValueError:
        raise BadAnswer from None


def _asked(
    place: Place,
    method: str,
    headers: dict[str, str],
    deadline: Deadline,
    limits: Limits,
    *,
    into: IO[bytes] | None,
) -> Answer:
    numbers = places.numbers_of(place, seconds=deadline.left(limits.seconds))
    line = connected(place, numbers, deadline, limits.size + MOST_HEAD)
    # Typed as a socket, of which it uses `makefile` alone.
    response = HTTPResponse(line, method=method)  # type: ignore[arg-type]
    try:
        line.say(_words(place, method, headers))
        response.begin()
        said = {name.lower(): value for name, value in response.getheaders()}
        body = bytearray()
        if response.status not in REDIRECTS:
            for piece in _pieces(response, said, limits.size):
                (into.write if into else body.extend)(piece)
    except (IncompleteRead, RemoteDisconnected):
        raise NoAnswer from None
    except (HTTPException, zlib.error, ValueError):
        raise BadAnswer from None
    finally:
        response.close()
        line.close()
    return Answer(response.status, place.address, said, bytes(body))


def _words(place: Place, method: str, headers: dict[str, str]) -> bytes:
    said = {
        "Host": place.authority,
        "User-Agent": user_agent(),
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **headers,
    }
    lines = [f"{name}: {' '.join(value.split())}" for name, value in said.items()]
    return "\r\n".join([f"{method} {place.target} HTTP/1.1", *lines, "", ""]).encode("latin-1")


def user_agent() -> str:
    """Who asks, and where to complain."""
    contact = f"; {settings.CONTACT}" if settings.CONTACT else ""
    told = f"Article6Partnership/1.0 (+{settings.SITE_ADDRESS}/about/{contact})"
    return told.encode("ascii", "ignore").decode()


def _pieces(response: HTTPResponse, said: Mapping[str, str], most: int) -> Iterator[bytes]:
    """The whole body, unpacked, or a refusal at its end: half a page is none."""
    packed = said.get("content-encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise BadAnswer
    unpacker: Any = zlib.decompressobj(wbits=GZIP) if "gzip" in packed else None
    came = 0
    while piece := response.read(PIECE):
        if unpacker:
            piece = unpacker.decompress(piece, most - came + 1)
        came += len(piece)
        if came > most:
            raise TooLarge
        yield piece
    if response.length:
        raise NoAnswer
    if unpacker and came and not unpacker.eof:
        raise BadAnswer
