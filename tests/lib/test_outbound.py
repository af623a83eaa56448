"""The one client: what it asks, whom it refuses to ask, and that it always ends."""

from __future__ import annotations

import gzip
import ssl
import time
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from partnership.lib import outbound
from partnership.lib.outbound import Limits, fetch, line, places
from tests.hosts import Speaks, answer, host, raw

QUICK = Limits(seconds=0.4, size=1_000)
NAME = "page.example"


@pytest.fixture(autouse=True)
def _allowed(settings) -> None:
    settings.OUTBOUND_LOOPBACK = [NAME]


def fetched(speaks: Speaks, *, limits: Limits = QUICK, **more):
    with host(speaks) as there:
        return fetch(f"http://{NAME}:{there.port}/feed?a=1", limits=limits, **more)


def refused(speaks: Speaks) -> type[Exception]:
    """Which reason is given, and that it is given in time."""
    began = time.monotonic()
    with pytest.raises(outbound.NotFetched) as refusal:
        fetched(speaks)
    assert time.monotonic() - began < 2 * QUICK.seconds
    return refusal.type


def endlessly(send, words: bytes, pause: float = 0.0) -> None:
    while send(words):
        time.sleep(pause)


def test_what_a_host_says_is_given_with_its_status_and_headers():
    found = fetched(answer(b"<p>Hello</p>", "404 Not Found", ETag='"a1"'))

    assert (found.status, found.body, found.headers["etag"]) == (404, b"<p>Hello</p>", '"a1"')
    assert found.address.endswith("/feed?a=1")
    assert found.hops == ()


def test_it_says_who_asks_and_shows_neither_cookies_nor_credentials(settings, monkeypatch):
    settings.CONTACT, settings.SITE_ADDRESS = "desk@site.example", "https://site.example"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with host(answer(b"", Set_Cookie="a=b")) as there:
        for _ in range(2):
            fetch(f"http://{NAME}:{there.port}/é", headers={"If-None-Match": '"x"\r\nEvil: 1'})

    first, second = there.asked
    lines = first.split("\r\n")
    assert lines[0] == "GET /%C3%A9 HTTP/1.1"
    assert (
        "User-Agent: Article6Partnership/1.0 (+https://site.example/about/; desk@site.example)"
        in lines
    )
    assert 'If-None-Match: "x" Evil: 1' in lines
    assert second == first


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://page.example/", "file:///etc/passwd", "javascript:alert(1)", "page.example", ""),
        *("http://", "http://user@page.example/", "http://user:word@other.example/"),
        *("http://other.example:22/", "http://other.example:8080/", "http://other.example:0/"),
        *("http://other.example:99999/", "http://other.example\\@page.example/", "http://[::1/"),
        *(
            "http://a\r\nb.example/",
            f"http://{'a' * 64}.example/",
            f"http://a.example/{'a' * 2000}",
        ),
    ],
)
def test_what_is_no_address_of_a_public_page_is_never_looked_up(address, monkeypatch):
    monkeypatch.setattr(places, "lookup", lambda *name: pytest.fail(f"looked up {name}"))

    with pytest.raises(outbound.WrongAddress, match="begins with http"):
        fetch(address)


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1"),
        *("224.0.0.1", "239.255.255.250", "255.255.255.255", "203.0.113.5", "192.88.99.1"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1", "2001::1"),
        *("2002:7f00:1::1", "2002:808:808::1", "::127.0.0.1", "fec0::1", "100::1", "no number"),
    ],
)
def test_a_number_that_is_not_of_the_public_internet_is_refused(number):
    assert not places.is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"])
def test_a_public_number_is_not(number):
    assert places.is_public(number)


@pytest.mark.parametrize(
    "name",
    [
        *("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:7f00:1]"),
        *("１２７.0.0.1", "ⓛocalhost", "localhost", "localhost."),
    ],
)
def test_no_way_to_write_this_machine_leads_to_it(name):
    with pytest.raises(outbound.PrivateAddress, match="private network"):
        fetch(f"http://{name}/")


def test_a_name_is_looked_up_once_and_the_number_that_was_checked_is_connected_to(monkeypatch):
    given = iter([["10.0.0.1", "8.8.8.8"], ["127.0.0.1"]])
    monkeypatch.setattr(places, "lookup", lambda *name: next(given))
    connected: list[tuple] = []

    class Socket:
        def __init__(self, family):
            connected.append((family.name,))

        settimeout = close = staticmethod(lambda *seconds: None)

        def connect(self, to):
            connected[-1] += to
            raise ConnectionRefusedError

    monkeypatch.setattr(line.socket, "socket", Socket)

    with pytest.raises(outbound.NoAnswer):
        fetch("http://other.example/")

    assert connected == [("AF_INET", "8.8.8.8", 80)]
    assert next(given) == ["127.0.0.1"]


def test_a_name_that_nobody_knows_and_a_resolver_that_is_silent_are_told_apart(monkeypatch):
    def unknown(*name):
        raise OSError

    monkeypatch.setattr(places, "lookup", unknown)
    with pytest.raises(outbound.UnknownHost):
        fetch("http://other.example/")

    monkeypatch.setattr(places, "lookup", lambda *name: time.sleep(0.3))
    with pytest.raises(outbound.TooSlow):
        fetch("http://other.example/", limits=Limits(seconds=0.05))


def test_redirects_are_followed_counted_and_told():
    def speaks(send, asked):
        path = asked.split(" ", 2)[1]
        leads = {"/feed?a=1": "/next", "/next": "last#part"}.get(path)
        said = answer(b"", "301 Moved", Location=leads) if leads else answer(b"here")
        said(send, asked)

    found = fetched(speaks)

    assert (found.status, found.body) == (200, b"here")
    assert [status for status, _ in found.hops] == [301, 301]
    assert found.address.endswith("/last")
    assert refused(answer(b"", "302 Found", Location="/feed?a=1")) is outbound.TooManyRedirects


@pytest.mark.parametrize(
    ("leads", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", outbound.PrivateAddress),
        ("//127.0.0.1/", outbound.PrivateAddress),
        ("http://[::1]/", outbound.PrivateAddress),
        ("file:///etc/passwd", outbound.WrongAddress),
        ("http://other.example:6379/", outbound.WrongAddress),
        ("http://[", outbound.BadAnswer),
    ],
)
def test_each_redirect_is_checked_as_the_first_address_was(leads, reason):
    assert refused(answer(b"", "302 Found", Location=leads)) is reason


@pytest.mark.parametrize(
    "speaks",
    [
        lambda send, asked: endlessly(send, b"HTTP/1.1 200 OK\r\n"[:1], 0.05),
        lambda send, asked: (send(b"HTTP/1.1 200 OK\r\n\r\n"), endlessly(send, b"a", 0.05)),
        lambda send, asked: time.sleep(1),
    ],
    ids=["a head byte by byte", "a body byte by byte", "nothing at all"],
)
def test_a_host_that_drips_is_left_when_the_time_is_over(speaks):
    assert refused(speaks) is outbound.TooSlow


BOMB = gzip.compress(bytes(3_000_000))


@pytest.mark.parametrize(
    ("speaks", "reason"),
    [
        (answer(bytes(1_001)), outbound.TooLarge),
        (answer(BOMB, Content_Encoding="gzip"), outbound.TooLarge),
        (answer(BOMB[:500], Content_Encoding="gzip"), outbound.TooLarge),
        (lambda send, asked: endlessly(send, b"HTTP/1.1 200 OK\r\nA: b\r\n"), outbound.BadAnswer),
        (lambda send, asked: endlessly(send, b"HTTP/1.1 100 C\r\n\r\n" * 999), outbound.TooLarge),
        (answer(b"abc", Content_Encoding="br"), outbound.BadAnswer),
        (answer(b"no gzip", Content_Encoding="gzip"), outbound.BadAnswer),
        (answer(gzip.compress(b"abc")[:-4], Content_Encoding="gzip"), outbound.BadAnswer),
        (answer(b"half", Content_Length="9"), outbound.NoAnswer),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"), outbound.NoAnswer),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), outbound.NoAnswer),
        (raw(b""), outbound.NoAnswer),
        (raw(b"SSH-2.0-OpenSSH_9\r\n"), outbound.BadAnswer),
        (raw(b"\x00\xff" * 400 + b"\r\n"), outbound.BadAnswer),
    ],
)
def test_what_is_too_much_broken_off_or_no_answer_is_refused(speaks, reason):
    assert refused(speaks) is reason


def test_what_is_packed_is_unpacked_and_a_head_has_no_body():
    packed = answer(gzip.compress(b"a" * 900), Content_Encoding="gzip")

    assert fetched(packed).body == b"a" * 900
    with host(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")) as there:
        found = fetch(f"http://{NAME}:{there.port}/", method="HEAD", limits=QUICK)
    assert (found.status, found.body) == (200, b"")
    assert there.asked[0].startswith("HEAD / ")


def test_a_closed_port_is_no_answer():
    with host(raw(b"")) as there:
        closed = there.port

    with pytest.raises(outbound.NoAnswer):
        fetch(f"http://{NAME}:{closed}/", limits=QUICK)


@cache
def certificate(name: str) -> bytes:
    """A certificate that says it is of this name and is signed by nobody else, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(pem, *plain) + signed.public_bytes(pem)


def sealed(name: str, folder: Path):
    file = folder / "host.pem"
    file.write_bytes(certificate(name))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return partial(host, answer(b"safe"), context), ssl.create_default_context(cafile=file)


@pytest.mark.parametrize(
    ("of", "is_trusted", "is_refused"),
    [(NAME, True, False), (NAME, False, True), ("other.example", True, True)],
)
def test_a_host_proves_who_it_is_or_is_not_asked(of, is_trusted, is_refused, tmp_path, monkeypatch):
    listening, trust = sealed(of, tmp_path)
    if is_trusted:
        monkeypatch.setattr(line, "trust", lambda: trust)
    with listening() as there:
        if not is_refused:
            assert fetch(f"https://{NAME}:{there.port}/").body == b"safe"
            return
        with pytest.raises(outbound.BadCertificate):
            fetch(f"https://{NAME}:{there.port}/")

    assert there.asked == []


def test_every_reason_has_a_code_and_a_sentence_of_its_own():
    kinds = outbound.NotFetched.__subclasses__()

    assert len({kind.code for kind in kinds} | {outbound.NotFetched.code}) == len(kinds) + 1
    assert len({outbound.sentence_of(kind.code) for kind in kinds}) == len(kinds)
    assert outbound.sentence_of("what nobody says") == "The page could not be fetched."
