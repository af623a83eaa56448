"""A feed as bytes becomes entries, or is refused; nothing of it is believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.information.feeds.addresses import canonical, key_of
from partnership.information.feeds.reading import MOST_ENTRIES, NotAFeed, read
from tests.information.feeds.written import Told, atom
from tests.properties import examples

BASE = "https://host.example/feeds/all.xml"
TEN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
RSS = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="c"><channel>
<atom:link rel="self" href="https://host.example/feed"/><title>Channel</title>
<item><title>Caf\xe9 &amp;lt;b&amp;gt; &lt;i&gt;one&lt;/i&gt;</title>
<link> /one?utm_source=rss </link>
<guid isPermaLink="false">1</guid><pubDate>Sun, 01 Mar 2026 12:00:00 +0200</pubDate>
<description><![CDATA[<p>First&nbsp;<script>alert(1)</script><a href="x">line</a></p>
second]]></description></item>
<item><title>Two</title><guid>https://host.example/two</guid></item>
<item><title>Without an address</title></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>C</title></channel>
<item rdf:about="urn:1"><title>One</title><link>https://host.example/1</link><dc:date>2026-03-01T10:00Z</dc:date></item>
</rdf:RDF>"""
LAUGHS = b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><item><title>&c;</title></item></rss>"""
OUTSIDE = b"""<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item>
<title>&a;</title><link>https://host.example/1</link></item></channel></rss>"""


def test_rss_is_read_as_plain_text_with_addresses_made_whole():
    one, two = read(RSS, BASE)

    assert (one.title, one.address) == ("Café <b> one", "https://host.example/one")
    assert (one.summary, one.published_at) == ("First line second", TEN)
    assert (two.title, two.address, two.published_at) == ("Two", "https://host.example/two", None)


def test_atom_and_rss_1_are_read_alike():
    (entry,) = read(atom(Told("urn:1", "https://host.example/1", "One")), BASE)
    (other,) = read(RDF, BASE)

    assert vars(entry) == vars(other)
    assert entry.published_at == TEN


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"no xml", b"<html><body>404</body></html>", b"<rss><item></rss>", LAUGHS, OUTSIDE),
        *(b"<rss>" * 3_000 + b"</rss>" * 3_000, b"\xff\xfe\x00"),
        b'<?xml version="1.0" encoding="x"?><rss/>',
    ],
)
def test_what_is_no_feed_or_declares_entities_is_refused(body):
    with pytest.raises(NotAFeed):
        read(body, BASE)


@examples(30)
@given(st.binary(max_size=300), st.integers(0, 500))
def test_whatever_is_sent_is_read_or_refused(noise, place):
    for body in (noise, RSS[:place] + noise + RSS[place:]):
        try:
            assert all(entry.address.startswith("http") for entry in read(body, BASE))
        except NotAFeed:
            continue


def test_one_page_is_one_entry_and_an_id_of_several_pages_is_no_id():
    same = [Told("urn:same", f"https://host.example/{n}") for n in (1, 2)]
    again = [Told("urn:3", "https://host.example/3"), Told("urn:4", "http://www.host.example/3/")]

    entries = read(atom(*same, *again), BASE)

    assert [entry.address[-1] for entry in entries] == ["1", "2", "3"]
    assert len({entry.identity for entry in entries}) == 3


def test_signs_that_turn_text_around_go_and_joiners_stay():
    told = Told("urn:1", "https://host.example/1", "a\u202eb\u2066c\u200bd می\u200cخواهم")

    assert read(atom(told), BASE)[0].title == "a b c d می\u200cخواهم"


def test_what_is_long_is_cut_and_what_is_much_is_left():
    long = Told("urn:0", "https://host.example/0", "a " * 900, "b " * 90_000)
    many = [Told(f"urn:{n}", f"https://host.example/{n}") for n in range(1, 300)]

    entries = read(atom(long, *many), BASE)

    assert (len(entries), MOST_ENTRIES) == (200, 200)
    assert (len(entries[0].title), len(entries[0].summary)) == (300, 600)
    assert entries[0].title.endswith("…")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://Host.Example:443/a?utm_medium=x&b=1&fbclid=2#part", "https://host.example/a?b=1"),
        ("../a", "https://host.example/a"),
        ("//other.example/ü", "https://other.example/%C3%BC"),
        *[(bad, "") for bad in ("mailto:a@b.example", "https://u:p@host.example/", "http://[")],
        *[(bad, "") for bad in ("https://host.example:22/", f"https://host.example/{'a' * 1000}")],
    ],
)
def test_one_page_has_one_address(written, meant):
    assert canonical(written, BASE) == meant


def test_two_ways_to_write_an_address_have_one_key():
    assert key_of("http://www.host.example/a/?b=1") == key_of("https://host.example/a?b=1")
    assert key_of("https://host.example/a") != key_of("https://host.example/a?b=1")
