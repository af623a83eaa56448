"""Where an address leads, and whether that is a place that may be asked."""

from __future__ import annotations

import queue
import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from django.conf import settings

from partnership.lib.outbound.refusals import PrivateAddress, TooSlow, UnknownHost, WrongAddress

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000
CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
# What may stand in a path or a query as it is; everything else is written with percent signs.
SAFE = "%/:?#[]@!$&'()*+,;=~-._"
LOOPBACK = "127.0.0.1"

# Written out, not asked of `is_global`: that differs from one Python to the next.
NOT_PUBLIC_4 = [
    ip_network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
# Of IPv6 only global unicast: mapped IPv4, NAT64, link-local, unique local, multicast are beyond.
GLOBAL_6 = ip_network("2000::/3")
# Special purposes and tunnels to IPv4, papers, 6to4, papers again.
NOT_PUBLIC_6 = [ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


@dataclass(frozen=True)
class Place:
    """An address in parts, checked as far as its letters go."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def is_of_tests(self) -> bool:
        """A name that a setting lets stand for this machine. Production refuses the setting."""
        return self.host in settings.OUTBOUND_LOOPBACK


def read(address: str) -> Place:
    """The parts of an address. Refuses other schemes, other ports, and whoever names a user."""
    try:
        parts = urlsplit(address)
        scheme, port = parts.scheme, parts.port
        host = (parts.hostname or "").removesuffix(".").encode("idna").decode()
    except ValueError:
        raise WrongAddress from None
    is_odd = len(address) > LONGEST or CONTROL.search(address) or "@" in parts.netloc
    if is_odd or not host or scheme not in PORTS:
        raise WrongAddress
    target = quote(parts.path or "/", SAFE)
    if parts.query:
        target += "?" + quote(parts.query, SAFE)
    place = Place(scheme, host, PORTS[scheme] if port is None else port, target)
    if place.port not in PORTS.values() and not place.is_of_tests:
        raise WrongAddress
    return place


def is_public(number: str) -> bool:
    """Whether a numeric address belongs to the public internet."""
    try:
        found = ip_address(number)
    except ValueError:
        return False
    match found:
        case IPv4Address():
            return not any(found in net for net in NOT_PUBLIC_4)
        case IPv6Address():
            is_global = found in GLOBAL_6 and not found.scope_id
            return is_global and not any(found in net for net in NOT_PUBLIC_6)


def numbers_of(place: Place, *, seconds: float) -> list[str]:
    """The numeric addresses that may be connected to. The name is looked up once, here."""
    if place.is_of_tests:
        return [LOOPBACK]
    found = _looked_up(place, seconds)
    if not found:
        raise UnknownHost
    public = [number for number in found if is_public(number)]
    if not public:
        raise PrivateAddress
    return public


def lookup(host: str, port: int) -> list[str]:
    """What the resolver of this machine says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def _looked_up(place: Place, seconds: float) -> list[str]:
    """The resolver knows no deadline of ours: it is waited for only so long."""
    answers: queue.Queue[list[str]] = queue.Queue(1)

    def ask() -> None:
        try:
            answers.put(lookup(place.host, place.port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=ask, name="lookup", daemon=True).start()
    try:
        return answers.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise TooSlow from None
